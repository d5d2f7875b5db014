using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Packs;

/// <summary>pack.jsonl: one <see cref="PackRow"/> a line.</summary>
public static partial class PackLines
{
    // File names stay readable; the file is no web page.
    private static readonly PackRowJson Json =
        new(new JsonSerializerOptions(PackRowJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The whole of the file.</summary>
    public static string Text(IEnumerable<PackRow> rows) =>
        string.Concat(rows.Select(row => JsonSerializer.Serialize(row, Json.PackRow) + "\n"));

    /// <summary>Every row of the file at <paramref name="path"/>, in order; none where it isn't there.</summary>
    /// <exception cref="UnusableInputException">A line is damaged, or isn't where its number says; the message names it.</exception>
    public static IReadOnlyList<PackRow> Read(string path)
    {
        var rows = new List<PackRow>();
        if (!File.Exists(path))
            return rows;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            var row = Parse(line, path, number);
            if (row.Row != rows.Count)
                throw new UnusableInputException(
                    $"{path}, line {number}: row {row.Row} where row {rows.Count} was expected. Make the pack again with: smirk pack");
            rows.Add(row);
        }

        return rows;
    }

    private static PackRow Parse(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Json.PackRow) is { Picture: not null } row ? row
                : throw new JsonException("it names no picture");
        }
        catch (JsonException error)
        {
            throw new UnusableInputException(
                $"{path}, line {number}, is damaged: {error.Message.TrimEnd('.')}. Make the pack again with: smirk pack", error);
        }
    }

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(PackRow))]
    private sealed partial class PackRowJson : JsonSerializerContext;
}
