using Smirk.Files.Posix;

namespace Smirk.Files.Exact.Compare;

/// <summary>Asks whether the files' content is in memory already, so that reading can be arranged for the disk where it isn't.</summary>
internal static class PageCache
{
    private const int Samples = 48;

    /// <summary>Whether a quarter or more of a sample of the files would have to come from a disk.</summary>
    public static bool LooksCold(int[] files, CandidateOpener opener)
    {
        var step = Math.Max(1, files.Length / Samples);
        var (asked, missing) = (0, 0);
        for (var at = 0; at < files.Length; at += step)
        {
            var descriptor = opener.Open(files[at], quietly: true);
            if (descriptor < 0)
                continue;
            asked++;
            if (FileCalls.IsCached(descriptor) == false)
                missing++;
            _ = NativeMethods.Close(descriptor);
        }

        return missing * 4 > asked;
    }
}
