using Smirk.Imaging;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Moves pixels by any map from output to input, bilinearly.</summary>
internal static class Warp
{
    /// <summary>A picture whose pixel (x, y) is <paramref name="source"/>'s at <paramref name="from"/>(x, y), in pixel centres; outside it
    /// is <paramref name="outside"/>.</summary>
    public static Picture Apply(
        Picture source, int width, int height, Func<double, double, (double X, double Y)> from, (byte Red, byte Green, byte Blue) outside)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = from(x + 0.5, y + 0.5);
                Sample(source, sourceX - 0.5, sourceY - 0.5, outside, pixels.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        return new Picture(width, height, pixels);
    }

    private static void Sample(Picture source, double x, double y, (byte Red, byte Green, byte Blue) outside, Span<byte> to)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (shareX, shareY) = (x - left, y - top);
        for (var c = 0; c < 3; c++)
        {
            var upper = (Value(left, top, c) * (1 - shareX)) + (Value(left + 1, top, c) * shareX);
            var lower = (Value(left, top + 1, c) * (1 - shareX)) + (Value(left + 1, top + 1, c) * shareX);
            to[c] = (byte)Math.Clamp((upper * (1 - shareY)) + (lower * shareY) + 0.5, 0, 255);
        }

        double Value(int atX, int atY, int channel) => atX >= 0 && atY >= 0 && atX < source.Width && atY < source.Height
            ? source.Pixels[(((atY * source.Width) + atX) * 3) + channel]
            : channel switch { 0 => outside.Red, 1 => outside.Green, _ => outside.Blue };
    }
}
