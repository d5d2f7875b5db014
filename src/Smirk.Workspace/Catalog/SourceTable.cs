namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's sources. Those that lie in the workspace are stored relative to it, so that they are found again after it was
/// moved.</summary>
public sealed class SourceTable
{
    private readonly Database _database;
    private readonly string _workspace;

    internal SourceTable(Database database, string workspace) => (_database, _workspace) = (database, workspace);

    /// <summary>The source at <paramref name="path"/>, made where it is new.</summary>
    public Source GetOrAdd(string kind, string path)
    {
        var stored = IsLocal(kind) ? WorkspacePaths.Relative(_workspace, path) : path;
        _database.Execute("INSERT INTO sources(kind, path) VALUES($1, $2) ON CONFLICT(path) DO UPDATE SET kind = $1", kind, stored);
        return _database.Query("SELECT id, kind, path FROM sources WHERE path = $1", Read, stored)[0];
    }

    /// <summary>Every source, in the order they were added.</summary>
    public IReadOnlyList<Source> All() => _database.Query("SELECT id, kind, path FROM sources ORDER BY id", Read);

    /// <summary>Makes relative what an older Smirk stored with its whole path.</summary>
    internal void MakeRelative()
    {
        foreach (var source in _database.Query(
            "SELECT id, kind, path FROM sources ORDER BY id", row => new Source(row.GetInt64(0), row.GetString(1), row.GetString(2))))
        {
            if (!IsLocal(source.Kind))
                continue;
            var path = WorkspacePaths.Relative(_workspace, source.Path);

            // Moved before it was brought up to date: of a workspace's own folders only the drawn pictures are ever a source.
            if (Path.IsPathRooted(path) && Path.GetFileName(path) == WorkspaceFiles.Drawn && !Directory.Exists(path)
                && Directory.Exists(Path.Combine(_workspace, WorkspaceFiles.Drawn)))
                path = WorkspaceFiles.Drawn;
            if (path != source.Path)
                _database.Execute("UPDATE OR IGNORE sources SET path = $2 WHERE id = $1", source.Id, path);
        }
    }

    private static bool IsLocal(string kind) => kind is "folder" or "file" or "archive";

    private Source Read(Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        var (kind, path) = (row.GetString(1), row.GetString(2));
        return new Source(row.GetInt64(0), kind, IsLocal(kind) ? WorkspacePaths.Absolute(_workspace, path) : path);
    }
}
