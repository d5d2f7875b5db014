using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>Makes folders, part by part, so that no length of path is too long.</summary>
internal static class FolderMaker
{
    /// <summary>The folder, opened; everything on the way to it is made where it isn't there.</summary>
    public static Descriptor Make(RawPath path)
    {
        var at = Descriptor.OpenFolder(path);
        if (at.Error != Errno.NoEntry)
            return at;

        // The nearest folder that is there, and the parts that are missing below it.
        var missing = new Stack<RawPath>();
        for (var above = path; at.Error == Errno.NoEntry && !above.IsTop; above = above.Folder)
        {
            missing.Push(above);
            at.Dispose();
            at = Descriptor.OpenFolder(above.Folder);
        }

        while (at.Error == 0 && missing.TryPop(out var part))
        {
            var next = Descriptor.MakeFolder(at, part.Name);
            at.Dispose();
            at = next;
        }

        return at;
    }
}
