using Smirk.Imaging;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>A picture's colours without its detail: one brightness and two chroma values for each 8 × 8 pixels of the working
/// size.</summary>
internal sealed class ColourMap
{
    /// <summary>Working pixels a cell.</summary>
    public const int Cell = 8;

    private readonly byte[] _rgb;

    private ColourMap(int width, int height, byte[] rgb) => (Width, Height, _rgb) = (width, height, rgb);

    /// <summary>Cells across.</summary>
    public int Width { get; }

    /// <summary>Cells down.</summary>
    public int Height { get; }

    /// <summary>Averages the picture's colours.</summary>
    public static ColourMap Of(Picture picture, GreyPicture working)
    {
        var (width, height) = (Math.Max(1, working.Width / Cell), Math.Max(1, working.Height / Cell));
        return new ColourMap(width, height, PixelPlane.Resize(picture.Pixels, picture.Width, picture.Height, 3, width, height));
    }

    /// <summary>Brightness (0–255) and the two chroma differences at a place of the picture, 0–1 across and down.</summary>
    public (double Y, double Cb, double Cr) At(double x, double y)
    {
        var (column, row) = (Math.Clamp((x * Width) - 0.5, 0, Width - 1), Math.Clamp((y * Height) - 0.5, 0, Height - 1));
        var (left, top) = ((int)column, (int)row);
        var (right, bottom) = (Math.Min(left + 1, Width - 1), Math.Min(top + 1, Height - 1));
        var (fx, fy) = (column - left, row - top);
        Span<double> rgb = stackalloc double[3];
        for (var channel = 0; channel < 3; channel++)
        {
            var above = (_rgb[(((top * Width) + left) * 3) + channel] * (1 - fx)) + (_rgb[(((top * Width) + right) * 3) + channel] * fx);
            var below =
                (_rgb[(((bottom * Width) + left) * 3) + channel] * (1 - fx)) + (_rgb[(((bottom * Width) + right) * 3) + channel] * fx);
            rgb[channel] = (above * (1 - fy)) + (below * fy);
        }

        var luma = (0.299 * rgb[0]) + (0.587 * rgb[1]) + (0.114 * rgb[2]);
        return (luma, 0.564 * (rgb[2] - luma), 0.713 * (rgb[0] - luma));
    }
}
