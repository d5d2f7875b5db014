using System.Numerics;
using Smirk.Drawing.Faces;
using Smirk.Drawing.Raster;
using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>Two lines of three signs, from a script of sixteen, in black on white: one hand (weight, slant, width) a picture.</summary>
internal static class GlyphPainter
{
    private const int Columns = 3;
    private const int Rows = 2;

    // Each sign as strokes between points of a grid of 3 × 3, numbered row by row from the top left.
    private static readonly string[] Signs =
    [
        "06 62 28", "02 17", "08 26", "06 68 82", "02 26 68", "06 35 28", "17 06 28", "04 42 47", "02 28 86 60", "06 62 35", "08 86", "17 35", "02 08 68", "06 64 48 82", "13 35 57 71", "06 04 28 48",
    ];

    public static Picture Paint(Random random, int side)
    {
        var canvas = new Canvas(side, side, Matrix3x2.CreateScale(side));
        canvas.Clear(Rgb.White);
        var (weight, slant, width) = (random.Between(0.025, 0.055), random.Between(-0.05, 0.08), random.Between(0.14, 0.2));
        for (var sign = 0; sign < Columns * Rows; sign++)
        {
            var (left, top) = ((sign % Columns + 0.5) / Columns - width / 2, sign / Columns * 0.46 + 0.12);
            foreach (var stroke in random.Pick<string>(Signs).Split(' '))
            {
                var (from, to) = (Place(stroke[0]), Place(stroke[1]));
                canvas.Line(Outline.From(from.X, from.Y).To(to.X, to.Y), weight, new Rgb(0, 0, 0));
            }

            (double X, double Y) Place(char point)
            {
                var (column, row) = ((point - '0') % 3, (point - '0') / 3);
                return (left + column * width / 2 + slant * (1 - row), top + row * 0.15);
            }
        }

        return canvas.ToPicture();
    }
}
