namespace Smirk.Imaging.Tests;

public sealed class PictureGridTests
{
    [Fact]
    public void Tile_lays_pictures_out_row_by_row_with_gutters()
    {
        Picture[] tiles = [new(2, 1, 10, 10, 10), new(2, 1, 20, 20, 20), new(2, 1, 30, 30, 30)];
        var grid = PictureGrid.Tile(tiles, columns: 2, gutter: 1, background: 255);
        Assert.Equal((7, 5), (grid.Width, grid.Height));
        Assert.Equal([255, 10, 10, 255, 20, 20, 255], Reds(grid, 1));
        Assert.Equal([255, 30, 30, 255, 255, 255, 255], Reds(grid, 3));
        Assert.All(Reds(grid, 0).Concat(Reds(grid, 2)).Concat(Reds(grid, 4)), r => Assert.Equal(255, r));
    }

    [Fact]
    public void Tile_has_no_more_columns_than_pictures() =>
        Assert.Equal((6, 6), (PictureGrid.Tile([new Picture(4, 4, 1, 2, 3)], columns: 8, gutter: 1).Width,
            PictureGrid.Tile([new Picture(4, 4, 1, 2, 3)], columns: 8, gutter: 1).Height));

    private static byte[] Reds(Picture picture, int y) => [.. Enumerable.Range(0, picture.Width).Select(x => picture.Row(y)[x * 3])];
}
