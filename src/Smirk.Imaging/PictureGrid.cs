namespace Smirk.Imaging;

/// <summary>Lays pictures out as tiles of one size.</summary>
public static class PictureGrid
{
    /// <summary>One picture of <paramref name="pictures"/> row by row; a last row that isn't full is filled with the background.</summary>
    /// <param name="pictures">At least one; those of another size than the first are stretched to its.</param>
    /// <param name="columns">Tiles a row.</param>
    /// <param name="gutter">Pixels between tiles and around them.</param>
    /// <param name="background">Grey of gutter and empty tiles, 0 to 255.</param>
    public static Picture Tile(IReadOnlyList<Picture> pictures, int columns, int gutter = 2, byte background = 255)
    {
        ArgumentOutOfRangeException.ThrowIfZero(pictures.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(gutter);
        columns = Math.Min(columns, pictures.Count);
        var (width, height) = (pictures[0].Width, pictures[0].Height);
        var rows = (pictures.Count + columns - 1) / columns;
        var grid =
            new Picture((columns * (width + gutter)) + gutter, (rows * (height + gutter)) + gutter, background, background, background);
        for (var i = 0; i < pictures.Count; i++)
        {
            var tile = pictures[i].Resize(width, height);
            var (left, top) = (gutter + (i % columns * (width + gutter)), gutter + (i / columns * (height + gutter)));
            for (var y = 0; y < height; y++)
                tile.Row(y).CopyTo(grid.Row(top + y)[(left * 3)..]);
        }

        return grid;
    }
}
