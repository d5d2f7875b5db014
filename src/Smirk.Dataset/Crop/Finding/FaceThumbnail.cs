using System.Text.Json.Serialization;
using Smirk.Imaging;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>A crop's luminance at 40 × 40, to see whether two crops show the same drawing though their frames differ a little.</summary>
public sealed class FaceThumbnail
{
    private const int Side = 40;
    private const int Core = 24;

    // Frames of the same face in two encodings differ by up to a tenth in place and a quarter in size.
    private const int Shift = 5;
    private static readonly double[] Scales = [0.8, 0.9, 1, 1.11, 1.25];

    private readonly GreyPicture _grey;

    /// <summary>The thumbnail of a crop that was cut already.</summary>
    internal FaceThumbnail(Picture view) => _grey = GreyPicture.FromRgb(view.Width, view.Height, view.Pixels).Resize(Side, Side);

    /// <summary>A thumbnail that was kept.</summary>
    [JsonConstructor]
    public FaceThumbnail(byte[] pixels) => _grey = new GreyPicture(Side, Side, pixels);

    /// <summary>The luminance, 40 × 40 bytes.</summary>
    public byte[] Pixels => _grey.Pixels;

    /// <summary>The best correlation of this one's middle with the other at any small shift and scale: -1 to 1.</summary>
    public double BestCorrelation(FaceThumbnail other)
    {
        var best = -1.0;
        foreach (var scale in Scales)
        {
            var mine = PictureWindow.Square(Side / 2.0, Side / 2.0, Core * scale, Core).Of(_grey).Pixels;
            for (var y = -Shift; y <= Shift; y++)
            {
                for (var x = -Shift; x <= Shift; x++)
                    best = Math.Max(best, Correlation(mine, other._grey, ((Side - Core) / 2) + x, ((Side - Core) / 2) + y));
            }
        }

        return best;
    }

    private static double Correlation(byte[] mine, GreyPicture other, int left, int top)
    {
        long a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (var i = 0; i < mine.Length; i++)
        {
            long p = mine[i], q = other.Pixels[((top + (i / Core)) * Side) + left + (i % Core)];
            (a, b, aa, bb, ab) = (a + p, b + q, aa + (p * p), bb + (q * q), ab + (p * q));
        }

        double n = mine.Length, within = ((n * aa) - (a * a)) * ((n * bb) - (double)(b * b));
        return within <= 0 ? 0 : ((n * ab) - ((double)a * b)) / Math.Sqrt(within);
    }
}
