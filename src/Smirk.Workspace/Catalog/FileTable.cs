using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's files.</summary>
public sealed class FileTable
{
    private const string Columns = "id, source_id, path, size, mtime, sha256, picture_id, status, refusal, removed";
    private readonly Database _database;

    internal FileTable(Database database) => _database = database;

    /// <summary>Stores what is now known of a file; the row for the same source and path is overwritten and keeps its id. Returns the
    /// stored row.</summary>
    public SourceFile Put(SourceFile file)
    {
        var id = (long)_database.Scalar(
            """
            INSERT INTO files(source_id, path, size, mtime, sha256, picture_id, status, refusal, removed) VALUES($1, $2, $3, $4, $5, $6,
              $7, $8, $9)
            ON CONFLICT(source_id, path) DO UPDATE SET size = $3, mtime = $4, sha256 = $5, picture_id = $6, status = $7, refusal = $8,
              removed = $9
            RETURNING id
            """,
            file.SourceId, file.Path, file.Size, file.ModifiedTicks, file.Sha256, file.PictureId, NameOf(file.Status), file.Refusal is null
                ? null : Reasons.Create([file.Refusal]).ToString(), file.Removed)!;
        return file with { Id = id };
    }

    /// <summary>The file with that row; null when there is none.</summary>
    public SourceFile? Find(long id) => _database.Query($"SELECT {Columns} FROM files WHERE id = $1", Read, id).FirstOrDefault();

    /// <summary>Every file, in the order they were first seen.</summary>
    public IReadOnlyList<SourceFile> All() => _database.Query($"SELECT {Columns} FROM files ORDER BY id", Read);

    /// <summary>The files of one source, in the order they were first seen.</summary>
    public IReadOnlyList<SourceFile> OfSource(long sourceId) =>
        _database.Query($"SELECT {Columns} FROM files WHERE source_id = $1 ORDER BY id", Read, sourceId);

    /// <summary>The files that hold one picture, in the order they were first seen.</summary>
    public IReadOnlyList<SourceFile> OfPicture(long pictureId) =>
        _database.Query($"SELECT {Columns} FROM files WHERE picture_id = $1 ORDER BY id", Read, pictureId);

    /// <summary>The files whose raw bytes have that SHA-256.</summary>
    public IReadOnlyList<SourceFile> WithHash(string sha256) =>
        _database.Query($"SELECT {Columns} FROM files WHERE sha256 = $1 ORDER BY id", Read, sha256);

    /// <summary>The path of some file that is used; null when there is none.</summary>
    /// <param name="pattern">As SQL's LIKE has it: % stands for anything, letters count alike in both cases.</param>
    public string? FirstUsedLike(string pattern) =>
        _database.Query("SELECT path FROM files WHERE status = 'used' AND path LIKE $1 LIMIT 1", row => row.GetString(0), pattern)
            .FirstOrDefault();

    private static string NameOf(FileStatus status) => status switch
    {
        FileStatus.Used => "used",
        FileStatus.Refused => "refused",
        FileStatus.Gone => "gone",
        _ => "opened",
    };

    private static SourceFile Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        SourceId = row.GetInt64(1),
        Path = row.GetString(2),
        Size = row.GetInt64(3),
        ModifiedTicks = row.GetInt64(4),
        Sha256 = row.IsDBNull(5) ? null : row.GetString(5),
        PictureId = row.IsDBNull(6) ? null : row.GetInt64(6),
        Status = row.GetString(7) switch
        {
            "used" => FileStatus.Used,
            "refused" => FileStatus.Refused,
            "gone" => FileStatus.Gone,
            _ => FileStatus.Opened,
        },
        Refusal = row.IsDBNull(8) ? null : Reasons.Read(row.GetString(8))[0],
        Removed = row.IsDBNull(9) ? null : row.GetString(9),
    };
}
