using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Safetensors;

namespace Smirk.Dataset.Pack;

/// <summary>The two files of a pack, which change together.</summary>
internal static class PackFiles
{
    public const string Tensors = "pack.safetensors";
    public const string Lines = "pack.jsonl";
    public const string TensorName = "pictures";
    public const string FingerprintKey = "smirk.fingerprint";

    private const string Next = ".next";

    /// <summary>The fingerprint of the pack in the folder; null when there is no whole one.</summary>
    public static string? FingerprintOf(string folder)
    {
        var path = Path.Combine(folder, Tensors);
        if (!File.Exists(path) || !File.Exists(Path.Combine(folder, Lines)))
            return null;
        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Metadata.GetValueOrDefault(FingerprintKey);
        }
        catch (UnusableInputException)
        {
            // Cut short or damaged: it is made anew.
            return null;
        }
    }

    /// <summary>Writes both beside the old ones, then puts them in their place. In between there is no pack rather than one whose halves don't belong together.</summary>
    public static void Write(string folder, TensorToWrite pictures, IReadOnlyDictionary<string, string> metadata, string lines)
    {
        Directory.CreateDirectory(folder);
        var (tensorPath, linePath) = (Path.Combine(folder, Tensors), Path.Combine(folder, Lines));
        try
        {
            SafetensorsFile.Write(tensorPath + Next, [pictures], metadata);
            AtomicFile.Write(linePath + Next, lines);
        }
        catch
        {
            File.Delete(tensorPath + Next);
            throw;
        }

        File.Delete(tensorPath);
        File.Move(linePath + Next, linePath, overwrite: true);
        FolderSync.Flush(folder);
        File.Move(tensorPath + Next, tensorPath);
        FolderSync.Flush(folder);
    }
}
