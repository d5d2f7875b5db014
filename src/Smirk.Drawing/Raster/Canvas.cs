using System.Numerics;
using Smirk.Imaging;

namespace Smirk.Drawing.Raster;

/// <summary>Pixels to paint on. Shapes come in the unit square; <paramref name="toPixels"/> lays them onto the canvas.</summary>
internal sealed class Canvas(int width, int height, Matrix3x2 toPixels)
{
    // In units; no line is wider.
    private const float WidestLine = 0.06f;

    private readonly Rgb[] _pixels = new Rgb[width * height];

    // How many pixels a unit is, for line widths.
    private readonly float _scale = MathF.Sqrt(MathF.Abs(toPixels.GetDeterminant()));

    /// <summary>Where shapes of the unit square lie, in pixels.</summary>
    public Matrix3x2 ToPixels { get; set; } = toPixels;

    /// <summary>Paints the whole canvas.</summary>
    public void Clear(Paint paint)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                _pixels[(y * width) + x] = paint.IsFlat ? paint.First : paint.At(new Vector2((x + 0.5f) / width, (y + 0.5f) / height));
        }
    }

    /// <summary>What <paramref name="outline"/> covers.</summary>
    public Mask Inside(Outline outline) => Filler.Fill(Place(outline), width, height);

    /// <summary>Fills a shape, only where <paramref name="clip"/> lets it.</summary>
    public Mask Fill(Outline outline, Paint paint, Mask? clip = null, double opacity = 1)
    {
        var mask = Inside(outline);
        Blend(mask, paint, clip, (float)opacity);
        return mask;
    }

    /// <summary>Draws a line of even width, in units.</summary>
    public void Line(Outline outline, double lineWidth, Rgb colour, Mask? clip = null, double opacity = 1) =>
        Stroke(outline, _ => (float)lineWidth, colour, clip, opacity);

    /// <summary>Draws a line that is <paramref name="lineWidth"/> wide in its middle and thin at both ends, as a pen does.</summary>
    public void Pen(Outline outline, double lineWidth, Rgb colour, Mask? clip = null, double opacity = 1, double ends = 0.15) =>
        Stroke(outline, t => (float)(lineWidth * (ends + ((1 - ends) * Math.Sin(Math.PI * t)))), colour, clip, opacity);

    /// <summary>Draws a line whose width in units changes with the share of its way, 0 to 1.</summary>
    public void Stroke(Outline outline, Func<float, float> lineWidth, Rgb colour, Mask? clip = null, double opacity = 1) =>
        Blend(Stroker.Stroke(Place(outline), t => lineWidth(t) * _scale, WidestLine * _scale, width, height), colour, clip, (float)opacity);

    /// <summary>What was painted, 8 bits a channel.</summary>
    public Picture ToPicture()
    {
        var bytes = new byte[width * height * 3];
        for (var i = 0; i < _pixels.Length; i++)
            (bytes[i * 3], bytes[(i * 3) + 1], bytes[(i * 3) + 2]) = (Byte(_pixels[i].Red), Byte(_pixels[i].Green), Byte(_pixels[i].Blue));
        return new Picture(width, height, bytes);
    }

    private void Blend(Mask mask, Paint paint, Mask? clip, float opacity)
    {
        Matrix3x2.Invert(ToPixels, out var toUnit);
        for (var y = mask.Top; y < mask.Top + mask.Height; y++)
        {
            for (var x = mask.Left; x < mask.Left + mask.Width; x++)
            {
                var share = mask.At(x, y) * opacity * (clip?.At(x, y) ?? 1);
                if (share <= 0.002f)
                    continue;
                var colour = paint.IsFlat ? paint.First : paint.At(Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f), toUnit));
                ref var pixel = ref _pixels[(y * width) + x];
                pixel = pixel.Towards(colour, share);
            }
        }
    }

    private Vector2[] Place(Outline outline)
    {
        var placed = new Vector2[outline.Points.Count];
        for (var i = 0; i < placed.Length; i++)
            placed[i] = Vector2.Transform(outline.Points[i], ToPixels);
        return placed;
    }

    private static byte Byte(float value) => (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);
}
