using System.Numerics;

namespace Smirk.Dataset.Draw.Raster;

/// <summary>Turns lines of changing width into masks: round ends, round corners.</summary>
internal static class Stroker
{
    /// <summary>The line through <paramref name="points"/> (in pixels), <paramref name="width"/>(share of the way, 0 to 1) pixels wide.</summary>
    public static Mask Stroke(ReadOnlySpan<Vector2> points, Func<float, float> width, int canvasWidth, int canvasHeight)
    {
        var mask = new Mask(canvasWidth, canvasHeight);
        var (top, bottom) = (canvasHeight, 0);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (width((float)i / (points.Length - 1)) / 2, width((float)(i + 1) / (points.Length - 1)) / 2);
            var rows = AddSegment(mask, points[i], points[i + 1], from, to);
            (top, bottom) = (Math.Min(top, rows.From), Math.Max(bottom, rows.To));
        }

        mask.Rows = (Math.Min(top, bottom), bottom);
        return mask;
    }

    private static (int From, int To) AddSegment(Mask mask, Vector2 a, Vector2 b, float radiusA, float radiusB)
    {
        var reach = Math.Max(radiusA, radiusB) + 1;
        var (left, right) = (Math.Clamp((int)(Math.Min(a.X, b.X) - reach), 0, mask.Width), Math.Clamp((int)(Math.Max(a.X, b.X) + reach) + 1, 0, mask.Width));
        var (top, bottom) = (Math.Clamp((int)(Math.Min(a.Y, b.Y) - reach), 0, mask.Height), Math.Clamp((int)(Math.Max(a.Y, b.Y) + reach) + 1, 0, mask.Height));
        var along = b - a;
        var length = Math.Max(along.LengthSquared(), 1e-9f);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var pixel = new Vector2(x + 0.5f, y + 0.5f) - a;
                var share = Math.Clamp(Vector2.Dot(pixel, along) / length, 0, 1);
                var radius = radiusA + ((radiusB - radiusA) * share);
                // Lines thinner than a pixel get paler, not ragged.
                var coverage = Math.Clamp(radius + 0.5f - (pixel - (along * share)).Length(), 0, Math.Min(1, radius * 2));
                ref var at = ref mask.Coverage[(y * mask.Width) + x];
                at = Math.Max(at, coverage);
            }
        }

        return (top, bottom);
    }
}
