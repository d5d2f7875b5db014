using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Export.Output;

/// <summary>One file of an export.</summary>
/// <param name="Name">Path in the folder.</param>
/// <param name="Key">What decided its bytes; null: it is part of the export no more.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last change, ticks of 100 ns (UTC).</param>
internal sealed record LedgerEntry(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("key")] string? Key,
    [property: JsonPropertyName("size")] long Size = 0, [property: JsonPropertyName("modified")] long Modified = 0)
{
    /// <summary>Whether the file there is as the export wrote it.</summary>
    public bool IsAsWritten(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == Size && file.LastWriteTimeUtc.Ticks == Modified;
    }
}

/// <summary>What an export remembers of its files, a line each; it grows while files are written, so that one which was killed is gone on
/// with.</summary>
internal sealed partial class Ledger : IDisposable
{
    private readonly string _path;
    private readonly string _format;
    private readonly Dictionary<string, LedgerEntry> _entries;
    private AppendedLines _lines;

    private Ledger(string path, string format, Dictionary<string, LedgerEntry> entries)
    {
        (_path, _format, _entries) = (path, format, entries);
        _lines = new AppendedLines(path);
    }

    /// <summary>The names of all files.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>The format that the ledger at <paramref name="path"/> is of; null where there is none.</summary>
    public static string? FormatOf(string path)
    {
        try
        {
            return AppendedLines.Read(path).Take(1).Select(Parse).FirstOrDefault()?.Name;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Opens it, beginning it where it isn't there.</summary>
    /// <exception cref="UnusableInputException">It is damaged.</exception>
    public static Ledger Open(string path, string format)
    {
        var entries = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        try
        {
            foreach (var line in AppendedLines.Read(path).Skip(1))
                Take(entries, Parse(line));
        }
        catch (JsonException error)
        {
            throw new UnusableInputException($"{path} is damaged: {error.Message.TrimEnd('.')}. Export to another folder.", error);
        }

        var isNew = FormatOf(path) is null;
        var ledger = new Ledger(path, format, entries);
        if (isNew)
            ledger._lines.Append(Text(new LedgerEntry(format, "format")));
        return ledger;
    }

    /// <summary>What is known of a file; null for nothing.</summary>
    public LedgerEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Notes a file that has just been written to <paramref name="path"/>.</summary>
    public void Put(string name, string key, string path)
    {
        var file = new FileInfo(path);
        Add(new LedgerEntry(name, key, file.Length, file.LastWriteTimeUtc.Ticks));
    }

    /// <summary>Forgets a file.</summary>
    public void Remove(string name) => Add(new LedgerEntry(name, null));

    /// <summary>Writes each entry once.</summary>
    public void Compact()
    {
        _lines.Dispose();
        AtomicFile.Write(_path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(Text(new LedgerEntry(_format, "format")));
            foreach (var entry in _entries.Values.OrderBy(e => e.Name, StringComparer.Ordinal))
                writer.WriteLine(Text(entry));
        });
        _lines = new AppendedLines(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private void Add(LedgerEntry entry)
    {
        Take(_entries, entry);
        _lines.Append(Text(entry));
    }

    private static void Take(Dictionary<string, LedgerEntry> entries, LedgerEntry entry)
    {
        if (entry.Key is null)
            entries.Remove(entry.Name);
        else
            entries[entry.Name] = entry;
    }

    private static string Text(LedgerEntry entry) => JsonSerializer.Serialize(entry, LedgerJson.Default.LedgerEntry);

    private static LedgerEntry Parse(string line) =>
        JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerEntry) ?? throw new JsonException("null");

    [JsonSerializable(typeof(LedgerEntry))]
    private sealed partial class LedgerJson : JsonSerializerContext;
}
