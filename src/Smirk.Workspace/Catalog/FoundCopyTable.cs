namespace Smirk.Workspace.Catalog;

/// <summary>A near duplicate, or an alternate, as the search found it; whether it counts is for the decisions to say.</summary>
/// <param name="PictureId">The copy.</param>
/// <param name="KeeperId">What it is a copy of.</param>
/// <param name="Kind">What was done to the keeper to get it.</param>
/// <param name="Similarity">0 to 1.</param>
/// <param name="Reasons">Why the keeper is the keeper.</param>
public sealed record FoundCopy(long PictureId, long KeeperId, string Kind, double Similarity, Reasons Reasons);

/// <summary>What near searches found, for each level of care: so that a search that was switched off, or done with another care, needn't be
/// done again.</summary>
public sealed class FoundCopyTable
{
    private readonly Database _database;

    internal FoundCopyTable(Database database) => _database = database;

    /// <summary>Stores what a search with that care found; an earlier find about the same picture is overwritten.</summary>
    public void Put(string care, FoundCopy found)
    {
        ArgumentNullException.ThrowIfNull(found);
        _database.Execute(
            "INSERT OR REPLACE INTO near_found(care, picture_id, keeper_id, kind, similarity, reasons) VALUES($1, $2, $3, $4, $5, $6)",
            care, found.PictureId, found.KeeperId, found.Kind, found.Similarity, found.Reasons.ToString());
    }

    /// <summary>Forgets what was found about a picture.</summary>
    public void Remove(string care, long pictureId) =>
        _database.Execute("DELETE FROM near_found WHERE care = $1 AND picture_id = $2", care, pictureId);

    /// <summary>What searches with that care found, by picture.</summary>
    public IReadOnlyList<FoundCopy> OfCare(string care) => _database.Query(
        "SELECT picture_id, keeper_id, kind, similarity, reasons FROM near_found WHERE care = $1 ORDER BY picture_id",
        row => new FoundCopy(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetDouble(3), Reasons.Read(row.GetString(4))), care);
}
