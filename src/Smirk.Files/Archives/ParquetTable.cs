using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;

namespace Smirk.Files.Archives;

/// <summary>One row with a picture.</summary>
/// <param name="Picture">The picture's file.</param>
/// <param name="Name">What it was called; null where the table doesn't say.</param>
/// <param name="Fields">The other columns.</param>
internal sealed record ParquetRow(byte[] Picture, string? Name, JsonObject Fields);

/// <summary>A Parquet file with a column of pictures: a struct of bytes and path, or bytes alone.</summary>
internal sealed class ParquetTable
{
    private readonly ParquetReader _reader;
    private readonly DataField _bytes;
    private readonly DataField? _name;
    private readonly IReadOnlyList<DataField> _others;
    private readonly Dictionary<string, string[]> _classes;

    private ParquetTable(ParquetReader reader, DataField bytes)
    {
        (_reader, _bytes) = (reader, bytes);
        var within = bytes.Path.ToList();
        _name = within.Count < 2 ? null : reader.Schema.GetDataFields()
            .FirstOrDefault(f => f.Path.Length == 2 && f.Path.FirstPart == within[0] && f.Name == "path" && IsText(f));
        _others = [.. reader.Schema.GetDataFields().Where(f => f.Path.Length == 1 && !f.Equals(bytes) && !f.IsArray
            && f.MaxRepetitionLevel == 0)];
        _classes = ClassesOf(reader.CustomMetadata);
    }

    /// <summary>How many groups of rows there are.</summary>
    public int Groups => _reader.RowGroupCount;

    /// <summary>Opens it.</summary>
    /// <exception cref="InvalidDataException">No column holds pictures.</exception>
    public static ParquetTable Open(Stream file)
    {
        var reader = ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
        var fields = reader.Schema.GetDataFields();
        var bytes = fields.FirstOrDefault(f => f.Path.Length == 2 && f.Name == "bytes" && IsBytes(f))
            ?? fields.FirstOrDefault(f => f.Path.Length == 1 && IsBytes(f));
        return bytes is null ? throw new InvalidDataException("none of its columns holds pictures: image {bytes, path}, or bytes")
            : new ParquetTable(reader, bytes);
    }

    /// <summary>The rows of a group that have a picture.</summary>
    /// <exception cref="InvalidDataException">They have more bytes than <paramref name="most"/>.</exception>
    public IReadOnlyList<ParquetRow> Read(int number, long most)
    {
        using var group = _reader.OpenRowGroupReader(number);
        var count = checked((int)group.RowCount);
        if (group.RowGroup.TotalByteSize > most || count > 1_000_000)
            throw new InvalidDataException($"a group of {count} rows and {group.RowGroup.TotalByteSize} bytes is too large");
        var pictures = new byte[]?[count];
        Wait(group.ReadAsync(_bytes, pictures.AsMemory()));
        var names = _name is null ? null : Texts(group, _name, count);
        var fields = _others.Select(f => (f.Name, Values: Values(group, f, count))).Where(f => f.Values is not null).ToList();
        var rows = new List<ParquetRow>();
        for (var row = 0; row < count; row++)
        {
            if (pictures[row] is not { Length: > 0 } picture)
                continue;
            var json = new JsonObject();
            foreach (var (name, values) in fields)
            {
                if (values![row] is { } value)
                    json[name] = _classes.TryGetValue(name, out var classes) && int.TryParse(value, out var at) && at >= 0
                        && at < classes.Length ? classes[at] : value;
            }

            rows.Add(new ParquetRow(picture, names?[row], json));
        }

        return rows;
    }

    private static string?[]? Values(ParquetRowGroupReader group, DataField field, int count) => field.ClrType switch
    {
        _ when IsText(field) => Texts(group, field, count),
        var t when t == typeof(long) => Numbers<long>(group, field, count),
        var t when t == typeof(int) => Numbers<int>(group, field, count),
        var t when t == typeof(double) => Numbers<double>(group, field, count),
        var t when t == typeof(float) => Numbers<float>(group, field, count),
        var t when t == typeof(bool) => Numbers<bool>(group, field, count),
        _ => null,
    };

    private static string?[] Texts(ParquetRowGroupReader group, DataField field, int count)
    {
        var texts = new string?[count];
        Wait(group.ReadAsync(field, texts.AsMemory()));
        return texts;
    }

    private static string?[] Numbers<T>(ParquetRowGroupReader group, DataField field, int count)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var plain = new T[count];
            Wait(group.ReadAsync<T>(field, plain.AsMemory()));
            return [.. plain.Select(n => Convert.ToString(n, CultureInfo.InvariantCulture))];
        }

        var numbers = new T?[count];
        Wait(group.ReadAsync<T>(field, numbers.AsMemory()));
        return [.. numbers.Select(n => n is null ? null : Convert.ToString(n.Value, CultureInfo.InvariantCulture))];
    }

    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static bool IsBytes(DataField field) => field.ClrType == typeof(byte[]) || field.ClrType == typeof(ReadOnlyMemory<byte>);

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    // {"info": {"features": {"label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}
    private static Dictionary<string, string[]> ClassesOf(IReadOnlyDictionary<string, string>? metadata)
    {
        var classes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (metadata?.GetValueOrDefault("huggingface") is not { } text)
            return classes;
        try
        {
            foreach (var (name, feature) in JsonNode.Parse(text)?["info"]?["features"] as JsonObject ?? [])
            {
                if (feature is JsonObject and { } one && one["names"] is JsonArray names)
                    classes[name] = [.. names.Select(n => n?.ToString() ?? "")];
            }
        }
        catch (JsonException)
        {
            // Numbers without names are labels, too.
        }

        return classes;
    }
}
