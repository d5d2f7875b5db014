using System.Text.Json;
using System.Text.Json.Serialization;

namespace Smirk.Workspace.Catalog;

/// <summary>What came with files, from sidecars, metadata.jsonl and the like: names and texts.</summary>
public sealed partial class NoteTable
{
    /// <summary>The field of a caption.</summary>
    public const string Text = "text";

    /// <summary>The field of a class.</summary>
    public const string Label = "label";

    private readonly Database _database;

    internal NoteTable(Database database) => _database = database;

    /// <summary>Stores what came with a file, in the place of what was known; nothing takes it back.</summary>
    public void Put(long fileId, IReadOnlyDictionary<string, string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0)
        {
            _database.Execute("DELETE FROM file_notes WHERE file_id = $1", fileId);
            return;
        }

        // In one order, so that the same notes are the same text.
        var text = JsonSerializer.Serialize(new SortedDictionary<string, string>(
            fields.ToDictionary(), StringComparer.Ordinal), NotesJson.Default.SortedDictionaryStringString);
        _database.Execute(
            "INSERT INTO file_notes(file_id, fields) VALUES($1, $2) ON CONFLICT(file_id) DO UPDATE SET fields = $2", fileId, text);
    }

    /// <summary>File row → what came with it.</summary>
    public IReadOnlyDictionary<long, IReadOnlyDictionary<string, string>> All() => _database.Query(
        "SELECT file_id, fields FROM file_notes ORDER BY file_id", row => (Id: row.GetInt64(0), Fields: Read(row.GetString(1))))
        .ToDictionary(n => n.Id, n => n.Fields);

    private static IReadOnlyDictionary<string, string> Read(string text) =>
        JsonSerializer.Deserialize(text, NotesJson.Default.SortedDictionaryStringString) ?? [];

    [JsonSerializable(typeof(SortedDictionary<string, string>))]
    private sealed partial class NotesJson : JsonSerializerContext;
}
