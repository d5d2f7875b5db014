using System.Numerics;

namespace Smirk.Drawing.Raster;

/// <summary>Turns lines of changing width into masks: round ends, round corners.</summary>
internal static class Stroker
{
    /// <summary>The line through <paramref name="points"/> (in pixels), <paramref name="width"/>(share of the way, 0 to 1) pixels wide, at
    /// most <paramref name="widest"/>.</summary>
    public static Mask Stroke(ReadOnlySpan<Vector2> points, Func<float, float> width, float widest, int canvasWidth, int canvasHeight)
    {
        var mask = new Mask(points, (widest / 2) + 1, canvasWidth, canvasHeight);
        for (var i = 0; i + 1 < points.Length; i++)
            AddSegment(mask, points[i], points[i + 1], width((float)i / (points.Length - 1)) / 2,
                width((float)(i + 1) / (points.Length - 1)) / 2);
        return mask;
    }

    private static void AddSegment(Mask mask, Vector2 a, Vector2 b, float radiusA, float radiusB)
    {
        var corner = new Vector2(mask.Left, mask.Top);
        (a, b) = (a - corner, b - corner);
        var reach = new Vector2(Math.Max(radiusA, radiusB) + 1);
        var (from, to) = (Vector2.Min(a, b) - reach, Vector2.Max(a, b) + reach);
        var (left, right) = (Math.Clamp((int)from.X, 0, mask.Width), Math.Clamp((int)to.X + 1, 0, mask.Width));
        var (top, bottom) = (Math.Clamp((int)from.Y, 0, mask.Height), Math.Clamp((int)to.Y + 1, 0, mask.Height));
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
    }
}
