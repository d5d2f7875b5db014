using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Imaging.Formats;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Files;

/// <summary>The picture files that paths lead to.</summary>
internal static class PictureFiles
{
    /// <summary>Files as given, and the pictures in folders and the folders below, by name; what is in folders and isn't a picture is
    /// skipped.</summary>
    /// <exception cref="UnusableInputException">A path leads nowhere.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<string> In(
        IEnumerable<string> paths, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(Below(path, progress, cancel));
            else if (File.Exists(path))
                files.Add(path);
            else
                throw new UnusableInputException($"There is no {path}. Give pictures, or folders with pictures.");
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Below(string folder, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var options = new WalkOptions { Paths = [RawPath.FromText(folder)], Links = LinkRule.Follow };
        foreach (var file in FileWalk.Run(options, progress, cancel).Files)
        {
            cancel.ThrowIfCancellationRequested();
            if (file.Path.IsUtf8 && IsPicture(file))
                yield return file.Path.ToText();
        }
    }

    private static bool IsPicture(FoundFile file)
    {
        try
        {
            return FormatSniffer.Sniff(FileContent.ReadHead(file)) != PictureFormat.Unknown;
        }
        catch (IOException)
        {
            // Told by name when it is read.
            return true;
        }
    }
}
