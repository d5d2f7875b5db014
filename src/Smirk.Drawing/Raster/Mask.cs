using System.Numerics;

namespace Smirk.Drawing.Raster;

/// <summary>How much of each pixel a shape covers, 0 to 1; kept only for the box that the shape lies in.</summary>
internal sealed class Mask
{
    /// <summary>Covers nothing yet; the box of <paramref name="points"/> (in pixels), <paramref name="margin"/> larger, cut at the canvas's
    /// borders.</summary>
    public Mask(ReadOnlySpan<Vector2> points, float margin, int canvasWidth, int canvasHeight)
    {
        var (from, to) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (var point in points)
            (from, to) = (Vector2.Min(from, point), Vector2.Max(to, point));
        (Left, Top) = (Math.Clamp((int)(from.X - margin), 0, canvasWidth), Math.Clamp((int)(from.Y - margin), 0, canvasHeight));
        Width = Math.Clamp((int)(to.X + margin) + 1, Left, canvasWidth) - Left;
        Height = Math.Clamp((int)(to.Y + margin) + 1, Top, canvasHeight) - Top;
        Coverage = new float[Width * Height];
    }

    public int Left { get; }

    public int Top { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Width × height, row by row.</summary>
    public float[] Coverage { get; }

    /// <summary>The coverage of the canvas's pixel (x, y).</summary>
    public float At(int x, int y)
    {
        (x, y) = (x - Left, y - Top);
        return (uint)x < (uint)Width && (uint)y < (uint)Height ? Coverage[(y * Width) + x] : 0;
    }
}
