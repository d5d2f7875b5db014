using System.Text.Json.Serialization;

namespace Smirk.Gan.Data;

/// <summary>One line of pack.jsonl: where a row of the pack comes from.</summary>
/// <param name="Row">The row in pack.safetensors, from 0.</param>
/// <param name="Picture">SHA-256 of the stripped picture that it was cut from.</param>
/// <param name="File">Path or archive!member that the person knows it by.</param>
/// <param name="Group">Pictures that show the same thing share a group; a held-out split never divides one.</param>
/// <param name="Small">Whether the picture was smaller than the pack's size and had to be enlarged.</param>
/// <param name="Source">The folder, file or archive that the file came with.</param>
public sealed record PackRow(
    [property: JsonPropertyName("row")] int Row,
    [property: JsonPropertyName("picture")] string Picture,
    [property: JsonPropertyName("file")] string? File = null,
    [property: JsonPropertyName("group")] string? Group = null,
    [property: JsonPropertyName("small")] bool Small = false,
    [property: JsonPropertyName("source")] string? Source = null)
{
    /// <summary>Name of the folder that the file lies in, an archive's for what lies at its top: the picture's class. Null where the file isn't known.</summary>
    [JsonIgnore]
    public string? Folder
    {
        get
        {
            // Only an archive's own members are cut at the '!': file names have it, too.
            var path = Source is not null && File?.StartsWith(Source + "!", StringComparison.Ordinal) == true
                ? Path.Combine(Path.ChangeExtension(Source, null), File[(Source.Length + 1)..])
                : File;
            return Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } name ? name : null;
        }
    }
}

/// <summary>Reading of pack.jsonl, without reflection.</summary>
[JsonSerializable(typeof(PackRow))]
internal sealed partial class PackRowJson : JsonSerializerContext;
