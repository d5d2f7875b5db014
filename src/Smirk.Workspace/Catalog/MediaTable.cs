using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's history of addresses: what was fetched, refused or gone, and what is still to be asked.</summary>
public sealed class MediaTable
{
    private const string Columns = "id, address, host, fallbacks, state, reason, quality, fetched_from, bytes, file_id, tries, seen";
    private readonly Database _database;

    internal MediaTable(Database database) => _database = database;

    /// <summary>What is known of an address; null when it is new.</summary>
    public MediaAddress? Find(string address) =>
        _database.Query($"SELECT {Columns} FROM media WHERE address = $1", Read, address).FirstOrDefault();

    /// <summary>Adds a new address as waiting and returns its row.</summary>
    public long Add(string address, string host, string fallbacks, long run) => (long)_database.Scalar(
        "INSERT INTO media(address, host, fallbacks, state, bytes, tries, seen, wanted) VALUES($1, $2, $3, 'waiting', 0, 0, $4, $4) "
            + "RETURNING id", address, host, fallbacks, run)!;

    /// <summary>Notes that a run named a known address and, if it is to be asked again, makes it wait for that run.</summary>
    public void Touch(long id, string fallbacks, long run, bool ask)
    {
        if (ask)
            _database.Execute("UPDATE media SET fallbacks = $2, seen = $3, wanted = $3, state = 'waiting' WHERE id = $1", id, fallbacks,
                run);
        else
            _database.Execute("UPDATE media SET seen = $2 WHERE id = $1", id, run);
    }

    /// <summary>Notes where an address was named: source, post (0 for none) and place within it.</summary>
    public void AddOrigin(long id, long sourceId, long postId, int position) =>
        _database.Execute("INSERT OR IGNORE INTO media_origins(media_id, source_id, post_id, position) VALUES($1, $2, $3, $4)", id,
            sourceId, postId, position);

    /// <summary>The source that first named an address.</summary>
    public long SourceOf(long id) =>
        (long)_database.Scalar("SELECT source_id FROM media_origins WHERE media_id = $1 ORDER BY rowid LIMIT 1", id)!;

    /// <summary>The hosts that the run still has to ask, and for how many addresses.</summary>
    public IReadOnlyList<(string Host, long Count)> WaitingHosts(long run) => _database.Query(
        "SELECT host, COUNT(*) FROM media WHERE wanted = $1 AND state = 'waiting' GROUP BY host ORDER BY MIN(id)", row =>
            (row.GetString(0), row.GetInt64(1)), run);

    /// <summary>The next addresses of one host that the run has to ask, after row <paramref name="after"/>.</summary>
    public IReadOnlyList<MediaAddress> Waiting(long run, string host, long after, int most) => _database.Query(
        $"SELECT {Columns} FROM media WHERE wanted = $1 AND state = 'waiting' AND host = $2 AND id > $3 ORDER BY id LIMIT $4", Read, run,
            host, after, most);

    /// <summary>Stores what became of an address.</summary>
    public void Finish(MediaAddress media) => _database.Execute(
        "UPDATE media SET state = $2, reason = $3, quality = $4, fetched_from = $5, bytes = $6, file_id = $7, tries = $8 WHERE id = $1",
        media.Id, NameOf(media.State), media.Reason, media.Quality, media.FetchedFrom, media.Bytes, media.FileId, media.Tries);

    /// <summary>The addresses that a later run may still fetch.</summary>
    public IReadOnlyList<MediaAddress> Unfinished() =>
        _database.Query($"SELECT {Columns} FROM media WHERE state IN ('waiting', 'failed') ORDER BY id", Read);

    /// <summary>The addresses whose bytes are that file.</summary>
    public IReadOnlyList<MediaAddress> OfFile(long fileId) =>
        _database.Query($"SELECT {Columns} FROM media WHERE file_id = $1 ORDER BY id", Read, fileId);

    /// <summary>The fetched addresses that a post named, in its order.</summary>
    public IReadOnlyList<MediaAddress> FetchedOfPost(long postId) => _database.Query(
        $"SELECT {Columns} FROM media WHERE state = 'fetched' AND id IN "
            + "(SELECT media_id FROM media_origins WHERE post_id = $1) ORDER BY id",
        Read,
        postId);

    /// <summary>The fetched addresses that no post named.</summary>
    public IReadOnlyList<MediaAddress> FetchedWithoutPost() => _database.Query(
        $"SELECT {Columns} FROM media m WHERE state = 'fetched' AND NOT EXISTS (SELECT 1 FROM media_origins o WHERE o.media_id = m.id AND "
            + "o.post_id <> 0) ORDER BY address", Read);

    /// <summary>Every address, in the order they were first named.</summary>
    public IReadOnlyList<MediaAddress> All() => _database.Query($"SELECT {Columns} FROM media ORDER BY id", Read);

    private static string NameOf(MediaState state) => state.ToString().ToLowerInvariant();

    private static MediaAddress Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Address = row.GetString(1),
        Host = row.GetString(2),
        Fallbacks = row.GetString(3),
        State = Enum.Parse<MediaState>(row.GetString(4), ignoreCase: true),
        Reason = row.IsDBNull(5) ? null : row.GetString(5),
        Quality = row.IsDBNull(6) ? null : row.GetString(6),
        FetchedFrom = row.IsDBNull(7) ? null : row.GetString(7),
        Bytes = row.GetInt64(8),
        FileId = row.IsDBNull(9) ? null : row.GetInt64(9),
        Tries = row.GetInt32(10),
        Seen = row.GetInt64(11),
    };
}
