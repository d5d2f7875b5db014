namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's crops.</summary>
public sealed class CropTable
{
    private const string Columns = "id, picture_id, x, y, width, height, score, label, by";
    private readonly Database _database;

    internal CropTable(Database database) => _database = database;

    /// <summary>Stores a crop and returns it with its row.</summary>
    public Crop Add(Crop crop) => crop with
    {
        Id = (long)_database.Scalar(
            "INSERT INTO crops(picture_id, x, y, width, height, score, label, by) VALUES($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
            crop.PictureId, crop.X, crop.Y, crop.Width, crop.Height, crop.Score, crop.Label, crop.By)!,
    };

    /// <summary>Takes back the crops that Smirk made; those of a person stay.</summary>
    public void Clear() => _database.Execute("DELETE FROM crops WHERE by = 'smirk'");

    /// <summary>Every crop, by picture and then by row.</summary>
    public IReadOnlyList<Crop> All() => _database.Query($"SELECT {Columns} FROM crops ORDER BY picture_id, id", Read);

    /// <summary>The crops of one picture.</summary>
    public IReadOnlyList<Crop> OfPicture(long pictureId) => _database.Query($"SELECT {Columns} FROM crops WHERE picture_id = $1 ORDER BY id", Read, pictureId);

    private static Crop Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetDouble(6), row.IsDBNull(7) ? null : row.GetString(7), row.GetString(8));
}
