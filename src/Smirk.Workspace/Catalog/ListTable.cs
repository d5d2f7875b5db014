namespace Smirk.Workspace.Catalog;

/// <summary>What is remembered of a list that was read: enough to ask only for what changed.</summary>
/// <param name="Address">The list's address.</param>
/// <param name="ETag">The server's name for the version read; null where it gave none.</param>
/// <param name="LastModified">The server's time of that version; null where it gave none.</param>
/// <param name="Content">What was found in it, one a line.</param>
public sealed record RememberedList(string Address, string? ETag, string? LastModified, string Content);

/// <summary>The catalog's lists: pages, albums and files of addresses.</summary>
public sealed class ListTable
{
    private readonly Database _database;

    internal ListTable(Database database) => _database = database;

    /// <summary>What is remembered of the list; null when it is new.</summary>
    public RememberedList? Find(string address) => _database.Query(
        "SELECT address, etag, modified, content FROM lists WHERE address = $1",
        row => new RememberedList(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2),
            row.GetString(3)),
        address).FirstOrDefault();

    /// <summary>Remembers the version that was read last.</summary>
    public void Put(RememberedList list) => _database.Execute(
        "INSERT INTO lists(address, etag, modified, content) VALUES($1, $2, $3, $4) ON CONFLICT(address) DO UPDATE SET etag = $2, "
            + "modified = $3, content = $4",
        list.Address, list.ETag, list.LastModified, list.Content);
}
