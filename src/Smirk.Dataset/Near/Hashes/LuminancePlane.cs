using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Hashes;

/// <summary>What PDQ hashes: a picture's luminance in floats, because rounding to bytes moves bits of hashes of flat pictures.</summary>
/// <param name="Width">Columns, at most <see cref="LargestSide"/>.</param>
/// <param name="Height">Rows, at most <see cref="LargestSide"/>.</param>
/// <param name="Values">0–255, row after row.</param>
public sealed record LuminancePlane(int Width, int Height, float[] Values)
{
    /// <summary>Larger pictures are squeezed to this size first, as upstream does.</summary>
    public const int LargestSide = 512;

    /// <summary>The luminance (Rec. 601) of interleaved RGB bytes.</summary>
    public static LuminancePlane FromRgb(int width, int height, byte[] rgb)
    {
        var (width2, height2) = (Math.Min(width, LargestSide), Math.Min(height, LargestSide));
        if ((width2, height2) != (width, height))
            rgb = PixelPlane.Resize(rgb, width, height, 3, width2, height2);
        var values = new float[width2 * height2];
        for (var i = 0; i < values.Length; i++)
            values[i] = (0.299f * rgb[3 * i]) + (0.587f * rgb[(3 * i) + 1]) + (0.114f * rgb[(3 * i) + 2]);
        return new LuminancePlane(width2, height2, values);
    }

    /// <summary>The plane of a picture whose luminance is rounded already.</summary>
    public static LuminancePlane FromGrey(GreyPicture grey)
    {
        grey = grey.Resize(Math.Min(grey.Width, LargestSide), Math.Min(grey.Height, LargestSide));
        return new LuminancePlane(grey.Width, grey.Height, Array.ConvertAll(grey.Pixels, p => (float)p));
    }
}
