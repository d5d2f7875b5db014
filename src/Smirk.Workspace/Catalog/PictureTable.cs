using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's pictures.</summary>
public sealed class PictureTable
{
    private const string Columns = "id, sha256, format, width, height, bytes";

    // $1 is a stage whose decisions don't count.
    private const string IsKeptRegardlessOf1 =
        """
        EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id)
          AND CASE (SELECT s.verdict FROM standing s
              WHERE s.subject = 'picture' AND s.subject_id = p.id AND s.by = 'person' AND s.verdict <> 'alternate'
                ORDER BY s.id DESC LIMIT 1)
            WHEN 'drop' THEN 0
            WHEN 'keep' THEN 1
            ELSE NOT EXISTS (SELECT 1 FROM standing s
              WHERE s.subject = 'picture' AND s.subject_id = p.id AND s.by = 'smirk' AND s.verdict = 'drop' AND s.stage <> $1
                AND (s.keeper_id IS NULL OR EXISTS (SELECT 1 FROM files k WHERE k.picture_id = s.keeper_id))
                AND NOT EXISTS (SELECT 1 FROM standing w WHERE w.subject = 'picture' AND w.subject_id = p.id AND w.stage = s.stage
                  AND w.by = 'person'))
          END
        """;

    private readonly Database _database;

    internal PictureTable(Database database) => _database = database;

    /// <summary>The picture with these stripped bytes, made where it is new.</summary>
    public StoredPicture GetOrAdd(string sha256, string format, int width, int height, long bytes)
    {
        _database.Execute(
            "INSERT INTO pictures(sha256, format, width, height, bytes) VALUES($1, $2, $3, $4, $5) ON CONFLICT(sha256) DO NOTHING", sha256,
            format, width, height, bytes);
        return Find(sha256)!;
    }

    /// <summary>The picture of that blob name; null when there is none.</summary>
    public StoredPicture? Find(string sha256) =>
        _database.Query($"SELECT {Columns} FROM pictures WHERE sha256 = $1", Read, sha256).FirstOrDefault();

    /// <summary>The picture with that row; null when there is none.</summary>
    public StoredPicture? Find(long id) => _database.Query($"SELECT {Columns} FROM pictures WHERE id = $1", Read, id).FirstOrDefault();

    /// <summary>Every picture that a file still holds, in the order they were first seen, kept or not.</summary>
    public IReadOnlyList<StoredPicture> All() =>
        _database.Query($"SELECT {Columns} FROM pictures p WHERE EXISTS (SELECT 1 FROM files f WHERE f.picture_id = p.id) ORDER BY id",
            Read);

    /// <summary>The pictures that go on: what the next stage works on. A person's latest word decides; without one no stage may have
    /// dropped it for another picture that is still there.</summary>
    /// <param name="regardless">The name of a stage whose decisions don't count, for it decides anew; null for none.</param>
    public IReadOnlyList<StoredPicture> Kept(string? regardless = null) =>
        _database.Query($"SELECT {Columns} FROM pictures p WHERE {IsKeptRegardlessOf1} ORDER BY id", Read, regardless ?? "");

    /// <summary>Whether a picture is among those that go on.</summary>
    public bool IsKept(long id) =>
        _database.Scalar($"SELECT 1 FROM pictures p WHERE {IsKeptRegardlessOf1} AND id = $2", "", id) is not null;

    private static StoredPicture Read(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5));
}
