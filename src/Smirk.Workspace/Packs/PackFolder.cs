using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Safetensors;

namespace Smirk.Workspace.Packs;

/// <summary>A pack's folder, such as WS/packs/64: its two files, which change together, and the keys in the header of the first.</summary>
public static class PackFolder
{
    /// <summary>The pictures.</summary>
    public const string Pixels = "pack.safetensors";

    /// <summary>Where each comes from.</summary>
    public const string Lines = "pack.jsonl";

    /// <summary>The one tensor: uint8 [N, 1 or 3, S, S], 0…255.</summary>
    public const string TensorName = "pictures";

    /// <summary>Header key: SHA-256 over all that decided the pack's bytes, known before any of them.</summary>
    public const string FingerprintKey = "smirk.fingerprint";

    /// <summary>Header key: "crop" or "pad".</summary>
    public const string FitKey = "smirk.fit";

    /// <summary>Header key: edge in pixels.</summary>
    public const string SizeKey = "smirk.size";

    /// <summary>Header key: the shape that its pictures were squeezed from, such as "2:3"; absent for 1:1.</summary>
    public const string AspectKey = "smirk.aspect";

    /// <summary>Header key: what its piano rolls have in common, see <see cref="PackRoll"/>; absent for other pictures.</summary>
    public const string RollKey = "smirk.roll";

    private const string Next = ".next";

    /// <summary>Whether there are pictures of a pack in the folder, whole or not.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Pixels));

    /// <summary>What the pack in the folder was made from (see <see cref="FingerprintKey"/>); null when there is no whole one.</summary>
    public static string? FingerprintOf(string folder) => Of(folder, FingerprintKey);

    /// <summary>How its pictures became square (see <see cref="FitKey"/>); null when there is no whole one, or it doesn't say.</summary>
    public static string? FitOf(string folder) => Of(folder, FitKey);

    /// <summary>What its piano rolls have in common (see <see cref="RollKey"/>); null when there is no whole one, or it doesn't
    /// say.</summary>
    public static PackRoll? RollOf(string folder) => PackRoll.TryParse(Of(folder, RollKey));

    private static string? Of(string folder, string key)
    {
        if (!Exists(folder) || !File.Exists(Path.Combine(folder, Lines)))
            return null;
        try
        {
            using var file = SafetensorsFile.Open(Path.Combine(folder, Pixels));
            return file.Metadata.GetValueOrDefault(key);
        }
        catch (UnusableInputException)
        {
            // Cut short or damaged: it is made anew.
            return null;
        }
    }

    /// <summary>Writes both files beside the old ones, then puts them in their place. In between there is no pack rather than one whose
    /// halves don't belong together.</summary>
    /// <param name="folder">Made where it isn't there.</param>
    /// <param name="pictures">The tensor, named <see cref="TensorName"/>.</param>
    /// <param name="metadata">The header's keys.</param>
    /// <param name="lines">The whole of pack.jsonl.</param>
    /// <exception cref="IOException">The disk is full or can't be written; an older pack is as it was.</exception>
    public static void Write(string folder, TensorToWrite pictures, IReadOnlyDictionary<string, string> metadata, string lines)
    {
        Directory.CreateDirectory(folder);
        var (pixelsPath, linesPath) = (Path.Combine(folder, Pixels), Path.Combine(folder, Lines));
        try
        {
            SafetensorsFile.Write(pixelsPath + Next, [pictures], metadata);
            AtomicFile.Write(linesPath + Next, lines);
        }
        catch
        {
            File.Delete(pixelsPath + Next);
            throw;
        }

        File.Delete(pixelsPath);
        File.Move(linesPath + Next, linesPath, overwrite: true);
        FolderSync.Flush(folder);
        File.Move(pixelsPath + Next, pixelsPath);
        FolderSync.Flush(folder);
    }
}
