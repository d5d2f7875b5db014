using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's posts.</summary>
public sealed class PostTable
{
    private const string Columns = "p.id, p.site, p.site_id, p.\"group\", p.author, p.title, p.address, p.created, p.score";
    private readonly Database _database;

    internal PostTable(Database database) => _database = database;

    /// <summary>Stores what is now known of a post and returns its row.</summary>
    public long Put(CollectedPost post) => (long)_database.Scalar(
        """
        INSERT INTO posts(site, site_id, "group", author, title, address, created, score) VALUES($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT(site, site_id) DO UPDATE SET "group" = $3, author = $4, title = $5, address = $6, created = $7, score = $8
        RETURNING id
        """,
        post.Site, post.SiteId, post.Group, post.Author, post.Title, post.Address, post.CreatedUnix, post.Score)!;

    /// <summary>The posts that named one address, in the order they were seen.</summary>
    public IReadOnlyList<CollectedPost> OfMedia(long mediaId) => _database.Query(
        $"SELECT DISTINCT {Columns} FROM posts p JOIN media_origins o ON o.post_id = p.id WHERE o.media_id = $1 ORDER BY p.id", Read,
            mediaId);

    /// <summary>Every post of which a picture was fetched, by group, author and time.</summary>
    public IReadOnlyList<CollectedPost> WithPictures() => _database.Query(
        $"""
        SELECT {Columns} FROM posts p
        WHERE EXISTS (SELECT 1 FROM media_origins o JOIN media m ON m.id = o.media_id WHERE o.post_id = p.id AND m.state = 'fetched')
        ORDER BY p.site, p."group" COLLATE NOCASE, p.created, p.id
        """, Read);

    private static CollectedPost Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
            row.GetInt64(7), row.GetInt64(8));
}
