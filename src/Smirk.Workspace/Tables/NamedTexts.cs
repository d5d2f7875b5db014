using System.Text.Json;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Workspace.Tables;

/// <summary>A file that gives pictures a text each, such as a label or a caption: CSV (file name, text) or JSON lines.</summary>
public sealed class NamedTexts
{
    // What a column of file names is called in metadata.csv of Hugging Face, in Kaggle's sets, and by people.
    private static readonly string[] NameColumns = ["file_name", "filename", "file", "path", "image", "image_path", "name", "id", "key"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private NamedTexts(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many pictures it names.</summary>
    public int Count => _texts.Count;

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <param name="path">A .csv, .tsv, .json or .jsonl file.</param>
    /// <param name="columns">What the column of texts may be called; without a head the second is taken.</param>
    /// <exception cref="UsageException">There is no such file, or it isn't of such a kind.</exception>
    public static NamedTexts Read(string path, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (!File.Exists(path))
            throw new UsageException($"There is no file {path}; expected a CSV file of file names and texts, or JSON lines.");
        var texts = new NamedTexts(path);
        try
        {
            using var reader = File.OpenText(path);
            if (System.IO.Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson")
                texts.ReadLines(reader, columns);
            else
                texts.ReadTable(reader, columns);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw new UsageException($"{path} can't be read: {error.Message.TrimEnd('.')}.");
        }

        return texts.Count > 0 ? texts
            : throw new UsageException($"{path} names no picture; expected lines such as: picture.png,{columns[0]}");
    }

    /// <summary>The text of a picture, found by its path, the end of its path, its name with or without extension, or its SHA-256; null
    /// where there is none.</summary>
    public string? Of(PackRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        foreach (var name in NamesOf(row))
        {
            if (_texts.TryGetValue(name, out var text))
                return text;
        }

        return null;
    }

    // The longest first: two folders may have files of one name.
    private static IEnumerable<string> NamesOf(PackRow row)
    {
        yield return row.Picture;
        if (row.File is not { } file)
            yield break;
        for (var rest = file; rest.Length > 0;)
        {
            yield return rest;
            if (System.IO.Path.ChangeExtension(rest, null) is { Length: > 0 } bare && bare != rest)
                yield return bare;
            var cut = rest.AsSpan().IndexOfAny('/', '!');
            rest = cut < 0 ? "" : rest[(cut + 1)..];
        }
    }

    private void ReadTable(TextReader reader, IReadOnlyList<string> columns)
    {
        var (name, text, first) = (0, 1, true);
        foreach (var record in CsvFile.Records(reader))
        {
            if (first && Place(record, NameColumns) is >= 0 and var at)
            {
                name = at;
                text = Place(record, columns) is >= 0 and var found ? found : name == 1 ? 0 : 1;
                first = false;
                continue;
            }

            first = false;
            if (record.Count > Math.Max(name, text))
                Add(record[name], record[text]);
        }
    }

    private void ReadLines(TextReader reader, IReadOnlyList<string> columns)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.AsSpan().Trim().Length == 0)
                continue;
            using var json = JsonDocument.Parse(line);
            var fields = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement
                : throw new FormatException("a line is no JSON object");
            var name = NameColumns.Select(c => Text(fields, c)).FirstOrDefault(t => t is not null);
            var text = columns.Select(c => Text(fields, c)).FirstOrDefault(t => t is not null);
            if (name is not null && text is not null)
                Add(name, text);
        }
    }

    private static string? Text(JsonElement fields, string name) => fields.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        }
        : null;

    private void Add(string name, string text)
    {
        name = name.Trim().Replace('\\', '/');
        if (name.StartsWith("./", StringComparison.Ordinal))
            name = name[2..];
        if (name.Length > 0)
            _texts[name] = text.Trim();
    }

    private static int Place(IReadOnlyList<string> record, IReadOnlyList<string> names)
    {
        for (var i = 0; i < record.Count; i++)
        {
            if (names.Contains(record[i].Trim(), StringComparer.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
