using System.Numerics;

namespace Smirk.Drawing.Raster;

/// <summary>Turns outlines into masks, exactly: the covered area of every pixel, no sampling.</summary>
internal static class Filler
{
    /// <summary>The inside of the closed line through <paramref name="points"/> (in pixels).</summary>
    /// <remarks>Each edge adds the area to its right, signed by its direction; a running sum along the row gives the coverage.</remarks>
    public static Mask Fill(ReadOnlySpan<Vector2> points, int canvasWidth, int canvasHeight)
    {
        var mask = new Mask(points, 0, canvasWidth, canvasHeight);
        // Two more than the width, so that edges at the right border need no special case.
        var stride = mask.Width + 2;
        var areas = new float[mask.Height * stride];
        var corner = new Vector2(mask.Left, mask.Top);
        for (var i = 0; i < points.Length; i++)
            AddEdge(points[i] - corner, points[(i + 1) % points.Length] - corner, areas, stride, mask.Height);
        for (var y = 0; y < mask.Height; y++)
        {
            var sum = 0f;
            for (var x = 0; x < mask.Width; x++)
            {
                sum += areas[(y * stride) + x];
                mask.Coverage[(y * mask.Width) + x] = Math.Min(1, Math.Abs(sum));
            }
        }

        return mask;
    }

    private static void AddEdge(Vector2 a, Vector2 b, float[] areas, int stride, int height)
    {
        var direction = 1f;
        if (a.Y > b.Y)
            (a, b, direction) = (b, a, -1f);
        if (b.Y <= 0 || a.Y >= height || b.Y - a.Y < 1e-6f)
            return;
        var slope = (b.X - a.X) / (b.Y - a.Y);
        for (var y = Math.Max(0, (int)a.Y); y < Math.Min(height, b.Y); y++)
        {
            var (upper, lower) = (Math.Max(y, a.Y), Math.Min(y + 1, b.Y));
            var left = Math.Clamp(a.X + ((upper - a.Y) * slope), 0, stride - 2);
            var right = Math.Clamp(a.X + ((lower - a.Y) * slope), 0, stride - 2);
            if (left > right)
                (left, right) = (right, left);
            AddSpan(areas.AsSpan(y * stride, stride), left, right, (lower - upper) * direction);
        }
    }

    // A piece of an edge within one row, from left to right, `rise` high: shared out over the columns it crosses.
    private static void AddSpan(Span<float> row, float left, float right, float rise)
    {
        for (var x = (int)left; x <= (int)right; x++)
        {
            var (start, end) = (Math.Max(left, x), Math.Min(right, x + 1));
            var part = right - left > 1e-6f ? rise * (end - start) / (right - left) : rise;
            var inside = ((start + end) / 2) - x;
            row[x] += part * (1 - inside);
            row[x + 1] += part * inside;
        }
    }
}
