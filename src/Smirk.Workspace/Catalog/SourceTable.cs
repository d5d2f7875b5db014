namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's sources.</summary>
public sealed class SourceTable
{
    private readonly Database _database;

    internal SourceTable(Database database) => _database = database;

    /// <summary>The source at <paramref name="path"/>, made where it is new.</summary>
    public Source GetOrAdd(string kind, string path)
    {
        _database.Execute("INSERT INTO sources(kind, path) VALUES($1, $2) ON CONFLICT(path) DO UPDATE SET kind = $1", kind, path);
        return _database.Query("SELECT id, kind, path FROM sources WHERE path = $1", Read, path)[0];
    }

    /// <summary>Every source, in the order they were added.</summary>
    public IReadOnlyList<Source> All() => _database.Query("SELECT id, kind, path FROM sources ORDER BY id", Read);

    private static Source Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2));
}
