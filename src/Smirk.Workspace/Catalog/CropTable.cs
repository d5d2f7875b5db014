namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's crops.</summary>
public sealed class CropTable
{
    private const string Columns = "id, picture_id, x, y, width, height, score, label, by, angle, margin, dropped, reasons, doubt";
    private const string IsChosen =
        $"""
        dropped IS NULL AND (by = 'person' OR NOT EXISTS (
          SELECT 1 FROM crops p WHERE p.picture_id = c.picture_id
            AND (p.by = 'person' OR (p.by = '{CropRow.Imported}' AND c.by = 'smirk'))))
        """;

    private readonly Database _database;

    internal CropTable(Database database) => _database = database;

    /// <summary>Stores a crop and returns it with its row.</summary>
    public CropRow Add(CropRow crop) => crop with
    {
        Id = (long)_database.Scalar(
            "INSERT INTO crops(picture_id, x, y, width, height, score, label, by, angle, margin, dropped, reasons, doubt) "
            + "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
            crop.PictureId, crop.X, crop.Y, crop.Width, crop.Height, crop.Score, crop.Label, crop.By, crop.Angle, crop.Margin, crop.Dropped,
                crop.Reasons.ToString(), crop.Doubt)!,
    };

    /// <summary>Takes back the crops that Smirk made; those of a person stay.</summary>
    public void Clear() => _database.Execute("DELETE FROM crops WHERE by = 'smirk'");

    /// <summary>Takes back the crops that a person made of one picture.</summary>
    public void ClearPerson(long pictureId) => _database.Execute("DELETE FROM crops WHERE by = 'person' AND picture_id = $1", pictureId);

    /// <summary>Takes back the boxes that came with one picture.</summary>
    public void ClearImported(long pictureId) =>
        _database.Execute($"DELETE FROM crops WHERE by = '{CropRow.Imported}' AND picture_id = $1", pictureId);

    /// <summary>Gives a person's boxes another margin, in boxes.</summary>
    public void SetPersonsMargin(double margin) => _database.Execute("UPDATE crops SET margin = $1 WHERE by = 'person'", margin);

    /// <summary>The crops that go into the training set. Where a person made crops of a picture, no others count; where boxes came with
    /// it, Smirk's don't.</summary>
    public IReadOnlyList<CropRow> Chosen() =>
        _database.Query($"SELECT {Columns} FROM crops c WHERE {IsChosen} ORDER BY picture_id, id", Read);

    /// <summary>The same of one picture.</summary>
    public IReadOnlyList<CropRow> ChosenOf(long pictureId) =>
        _database.Query($"SELECT {Columns} FROM crops c WHERE {IsChosen} AND picture_id = $1 ORDER BY id", Read, pictureId);

    /// <summary>Every crop, by picture and then by row.</summary>
    public IReadOnlyList<CropRow> All() => _database.Query($"SELECT {Columns} FROM crops ORDER BY picture_id, id", Read);

    /// <summary>The crop with that row; null when there is none.</summary>
    public CropRow? Find(long id) => _database.Query($"SELECT {Columns} FROM crops WHERE id = $1", Read, id).FirstOrDefault();

    /// <summary>The crops of one picture.</summary>
    public IReadOnlyList<CropRow> OfPicture(long pictureId) =>
        _database.Query($"SELECT {Columns} FROM crops WHERE picture_id = $1 ORDER BY id", Read, pictureId);

    private static CropRow Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetDouble(6), row.IsDBNull(7) ? null : row.GetString(7), row.GetString(8))
    {
        Angle = row.GetDouble(9),
        Margin = row.GetDouble(10),
        Dropped = row.IsDBNull(11) ? null : row.GetString(11),
        Reasons = Reasons.Read(row.GetString(12)),
        Doubt = row.GetDouble(13),
    };
}
