using System.Text.Json.Serialization;

namespace Smirk.Workspace.Packs;

/// <summary>One line of pack.jsonl: where a row of the pack comes from.</summary>
/// <param name="Row">Row in pack.safetensors, from 0.</param>
/// <param name="Picture">SHA-256 of the stripped picture that it was cut from.</param>
/// <param name="File">The file that the person knows it by, or archive!member: relative to the workspace where it lies in it; null where it
/// isn't known.</param>
/// <param name="Source">The folder, file or archive that the file came with, likewise.</param>
/// <param name="Group">The same for pictures that show the same thing; a held-out split never divides a group.</param>
/// <param name="Small">Whether the part was smaller than the pack's size and had to be enlarged.</param>
/// <param name="Crop">x, y, width, height of the crop in pixels of the upright picture; null when the whole picture was taken.</param>
/// <param name="Label">What the crop shows; null when nothing was said.</param>
/// <param name="Turned">By how many degrees the crop was turned, anticlockwise around its middle; null when it wasn't.</param>
/// <param name="Fields">What came with the file: caption ("text"), "label" and the like; null for nothing.</param>
public sealed record PackRow(
    [property: JsonPropertyName("row")] int Row,
    [property: JsonPropertyName("picture")] string Picture,
    [property: JsonPropertyName("file")] string? File = null,
    [property: JsonPropertyName("source")] string? Source = null,
    [property: JsonPropertyName("group")] string? Group = null,
    [property: JsonPropertyName("small")] bool Small = false,
    [property: JsonPropertyName("crop")] int[]? Crop = null,
    [property: JsonPropertyName("label")] string? Label = null,
    [property: JsonPropertyName("turned")] double? Turned = null,
    [property: JsonPropertyName("fields")] IReadOnlyDictionary<string, string>? Fields = null)
{
    private static readonly string[] TuneEndings = [".mid", ".midi"];
    private static readonly string[] EightBars = [" 8 bars.png", " 8 bars in C.png"];
    private static readonly string[] ArchiveEndings =
        [".zip", ".cbz", ".tar", ".gz", ".tgz", ".zst", ".tzst", ".7z", ".idx", "-ubyte", ".npz", ".parquet", ".csv"];

    /// <summary>Name of the folder that the file lies in, an archive's for what lies at its top: the picture's class. Null where the file
    /// isn't known.</summary>
    [JsonIgnore]
    public string? Folder
    {
        get
        {
            // Only an archive's own members are cut at the '!': file names have it, too.
            var path = Source is not null && File?.StartsWith(Source + "!", StringComparison.Ordinal) == true
                ? Path.Combine(Path.ChangeExtension(Source, null), File[(Source.Length + 1)..])
                : File;
            return Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } name ? WithinArchive(name) : null;
        }
    }

    /// <summary>Whether it is a window of a tune: a piano roll.</summary>
    [JsonIgnore]
    public bool IsRoll => File?.LastIndexOf('!') is > 0 and var cut
        && TuneEndings.Any(ending => File[..cut].EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Edge in pixels of the roll that it is a picture of; null for other pictures. In other sizes a row isn't a pitch any
    /// more.</summary>
    [JsonIgnore]
    public int? RollSize => !IsRoll ? null : EightBars.Any(ending => File!.EndsWith(ending, StringComparison.Ordinal)) ? 128 : 64;

    // In a folder of archives a class reads "digits.zip!5".
    private static string WithinArchive(string name)
    {
        var cut = name.LastIndexOf('!');
        return cut > 0 && cut < name.Length - 1
            && ArchiveEndings.Any(ending => name[..cut].EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? name[(cut + 1)..] : name;
    }
}
