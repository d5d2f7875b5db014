using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>Few large pixels, shown as squares of many small ones.</summary>
internal static class PixelGrid
{
    /// <summary>A square picture in which <paramref name="cells"/> × <paramref name="cells"/> colours fill equal squares (as equal as <paramref name="side"/> allows).</summary>
    public static Picture Enlarge(int cells, int side, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var picture = new Picture(side, side, 0, 0, 0);
        for (var y = 0; y < side; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < side; x++)
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = colour(x * cells / side, y * cells / side);
        }

        return picture;
    }
}
