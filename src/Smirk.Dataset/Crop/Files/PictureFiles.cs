using Smirk.Imaging.Formats;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Crop.Files;

/// <summary>The picture files that paths lead to.</summary>
internal static class PictureFiles
{
    private const int HeadLength = 64;

    /// <summary>Files as given, and the pictures in folders and the folders below, by name; what is in folders and isn't a picture is passed over.</summary>
    /// <exception cref="UnusableInputException">A path leads nowhere.</exception>
    public static IReadOnlyList<string> In(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(Walk(path).Where(IsPicture));
            else if (File.Exists(path))
                files.Add(path);
            else
                throw new UnusableInputException($"There is no {path}. Give pictures, or folders with pictures.");
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Walk(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Device };
        return Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal);
    }

    private static bool IsPicture(string path)
    {
        try
        {
            Span<byte> head = stackalloc byte[HeadLength];
            using var stream = File.OpenRead(path);
            return FormatSniffer.Sniff(head[..stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)]) != PictureFormat.Unknown;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Told by name when it is read.
            return true;
        }
    }
}
