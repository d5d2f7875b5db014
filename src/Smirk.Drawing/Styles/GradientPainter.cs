using System.Numerics;
using Smirk.Drawing.Faces;
using Smirk.Drawing.Raster;
using Smirk.Imaging;

namespace Smirk.Drawing.Styles;

/// <summary>A run of two colours across the picture, and one to three soft glows on it.</summary>
internal static class GradientPainter
{
    public static Picture Paint(Random random, int side)
    {
        var angle = random.Between(0, Math.Tau);
        var (dx, dy) = (Math.Cos(angle) / 2, Math.Sin(angle) / 2);
        var hue = random.Between(0, 360);
        var ground = Raster.Paint.Along(0.5 - dx, 0.5 - dy, Colour(hue), 0.5 + dx, 0.5 + dy, Colour(hue + random.Between(30, 120)));
        (Vector2 At, double Radius, Rgb Colour)[] glows =
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (new Vector2((float)random.NextDouble(), (float)random.NextDouble()), random.Between(0.2, 0.5), Colour(random.Between(0, 360))))];
        var picture = new Picture(side, side, 0, 0, 0);
        for (var y = 0; y < side; y++)
        {
            var row = picture.Row(y);
            for (var x = 0; x < side; x++)
            {
                var point = new Vector2((x + 0.5f) / side, (y + 0.5f) / side);
                var colour = ground.At(point);
                foreach (var glow in glows)
                    colour = colour.Towards(glow.Colour, Math.Exp(-Vector2.DistanceSquared(point, glow.At) / (glow.Radius * glow.Radius) * 2));
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (Byte(colour.Red), Byte(colour.Green), Byte(colour.Blue));
            }
        }

        return picture;

        Rgb Colour(double of) => Rgb.FromHsl(of, random.Between(0.3, 0.9), random.Between(0.25, 0.8));
    }

    private static byte Byte(float value) => (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);
}
