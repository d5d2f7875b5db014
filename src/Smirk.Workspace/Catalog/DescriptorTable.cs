namespace Smirk.Workspace.Catalog;

/// <summary>Fingerprints of pictures (perceptual hashes, local features), kept so that they are worked out once.</summary>
public sealed class DescriptorTable
{
    private readonly Database _database;

    internal DescriptorTable(Database database) => _database = database;

    /// <summary>Stores one; <paramref name="kind"/> names the method and its version, such as "pdq-1".</summary>
    public void Put(long pictureId, string kind, byte[] data) =>
        _database.Execute(
            "INSERT INTO descriptors(picture_id, kind, data) VALUES($1, $2, $3) ON CONFLICT(picture_id, kind) DO UPDATE SET data = $3",
            pictureId, kind, data);

    /// <summary>Forgets one, so that it is worked out anew.</summary>
    public void Remove(long pictureId, string kind) =>
        _database.Execute("DELETE FROM descriptors WHERE picture_id = $1 AND kind = $2", pictureId, kind);

    /// <summary>One picture's bytes of one kind; null where there are none.</summary>
    public byte[]? Find(long pictureId, string kind) => _database.Query(
        "SELECT data FROM descriptors WHERE picture_id = $1 AND kind = $2", row => row.GetFieldValue<byte[]>(0), pictureId, kind)
        .FirstOrDefault();

    /// <summary>All of one picture, by kind.</summary>
    public IReadOnlyList<(string Kind, byte[] Data)> OfPicture(long pictureId) => _database.Query(
        "SELECT kind, data FROM descriptors WHERE picture_id = $1 ORDER BY kind",
        row => (row.GetString(0), row.GetFieldValue<byte[]>(1)), pictureId);

    /// <summary>The pictures that have one of that kind.</summary>
    public IReadOnlySet<long> PicturesWith(string kind) =>
        _database.Query("SELECT picture_id FROM descriptors WHERE kind = $1", row => row.GetInt64(0), kind).ToHashSet();

    /// <summary>Picture → bytes, of one kind.</summary>
    public IReadOnlyDictionary<long, byte[]> OfKind(string kind) =>
        _database.Query("SELECT picture_id, data FROM descriptors WHERE kind = $1", row =>
            (Id: row.GetInt64(0), Data: row.GetFieldValue<byte[]>(1)), kind)
            .ToDictionary(row => row.Id, row => row.Data);

    /// <summary>The kinds that begin with <paramref name="prefix"/>, those of most pictures first.</summary>
    public IReadOnlyList<string> Kinds(string prefix) =>
        _database.Query("SELECT kind FROM descriptors WHERE substr(kind, 1, length($1)) = $1 GROUP BY kind ORDER BY count(*) DESC, kind",
            row => row.GetString(0), prefix);
}
