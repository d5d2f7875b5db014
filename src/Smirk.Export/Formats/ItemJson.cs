using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>One line of metadata.jsonl, as Hugging Face's imagefolder reads it.</summary>
internal sealed record ItemLine(
    [property: JsonPropertyName("file_name")] string? FileName,
    [property: JsonPropertyName("text")] string? Text,
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("objects")] ItemObjects? Objects,
    [property: JsonPropertyName("source")] string? Source,
    [property: JsonPropertyName("author")] string? Author,
    [property: JsonPropertyName("license")] string? License,
    [property: JsonPropertyName("sha256")] string Sha256);

/// <summary>Boxes and what they show, as two lists of one length.</summary>
internal sealed record ItemObjects(
    [property: JsonPropertyName("bbox")] IReadOnlyList<double[]> Boxes,
    [property: JsonPropertyName("categories")] IReadOnlyList<string> Categories);

/// <summary>Items as JSON.</summary>
internal static partial class ItemJson
{
    // Captions stay readable; the files are no web pages.
    private static readonly LinesJson Lines =
        new(new JsonSerializerOptions(LinesJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The item's line, without a line feed. Keys that trainers look for are there in every line or in none: readers of tables
    /// take the first line's.</summary>
    /// <param name="item">The item.</param>
    /// <param name="fileName">Path of its file; null to leave it out.</param>
    /// <param name="columns">What some item of the set has.</param>
    public static string Line(ExportItem item, string? fileName, Columns columns) => JsonSerializer.Serialize(
        new ItemLine(
            fileName, columns.Text ? item.Text ?? "" : null, item.Label, columns.Boxes ? Objects(item) : null, item.Source,
            columns.Author ? item.Author ?? "" : null, columns.License ? item.License ?? "" : null, item.Picture.Sha256),
        Lines.ItemLine);

    /// <summary>The item's boxes alone.</summary>
    public static string Boxes(ExportItem item) => JsonSerializer.Serialize(Objects(item), Lines.ItemObjects);

    private static ItemObjects Objects(ExportItem item) =>
        new([.. item.Boxes.Select(b => new[] { b.X, b.Y, b.Width, b.Height })], [.. item.Boxes.Select(b => b.Label)]);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ItemLine))]
    [JsonSerializable(typeof(ItemObjects))]
    private sealed partial class LinesJson : JsonSerializerContext;
}

/// <summary>Which optional columns a set has.</summary>
internal sealed record Columns(bool Text, bool Boxes, bool Author, bool License)
{
    /// <summary>Those that some item fills.</summary>
    public static Columns Of(IReadOnlyList<ExportItem> items) => new(
        items.Any(i => i.Text is not null), items.Any(i => i.Boxes.Count > 0), items.Any(i => i.Author is not null),
        items.Any(i => i.License is not null));
}
