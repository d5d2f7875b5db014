using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's pictures.</summary>
public sealed class PictureTable
{
    private const string Columns = "id, sha256, format, width, height, bytes";
    private readonly Database _database;

    internal PictureTable(Database database) => _database = database;

    /// <summary>The picture with these stripped bytes, made where it is new.</summary>
    public StoredPicture GetOrAdd(string sha256, string format, int width, int height, long bytes)
    {
        _database.Execute("INSERT INTO pictures(sha256, format, width, height, bytes) VALUES($1, $2, $3, $4, $5) ON CONFLICT(sha256) DO NOTHING", sha256, format, width, height, bytes);
        return Find(sha256)!;
    }

    /// <summary>The picture of that blob name; null when there is none.</summary>
    public StoredPicture? Find(string sha256) => _database.Query($"SELECT {Columns} FROM pictures WHERE sha256 = $1", Read, sha256).FirstOrDefault();

    /// <summary>The picture with that row; null when there is none.</summary>
    public StoredPicture? Find(long id) => _database.Query($"SELECT {Columns} FROM pictures WHERE id = $1", Read, id).FirstOrDefault();

    /// <summary>Every picture that a file still holds, in the order they were first seen, kept or not.</summary>
    public IReadOnlyList<StoredPicture> All() =>
        _database.Query($"SELECT {Columns} FROM pictures p WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id) ORDER BY id", Read);

    /// <summary>The pictures that no decision drops: what the next stage works on. A person's word goes before Smirk's.</summary>
    public IReadOnlyList<StoredPicture> Kept() => _database.Query(
        $"""
        SELECT {Columns} FROM pictures p
        WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id)
          AND CASE
            WHEN EXISTS (SELECT 1 FROM decisions d WHERE d.subject = 'picture' AND d.subject_id = p.id AND d.by = 'person' AND d.verdict = 'drop') THEN 0
            WHEN EXISTS (SELECT 1 FROM decisions d WHERE d.subject = 'picture' AND d.subject_id = p.id AND d.by = 'person' AND d.verdict = 'keep') THEN 1
            ELSE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.subject = 'picture' AND d.subject_id = p.id AND d.verdict = 'drop')
          END
        ORDER BY id
        """, Read);

    private static StoredPicture Read(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5));
}
