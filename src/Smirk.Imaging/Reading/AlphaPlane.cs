using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading;

/// <summary>How opaque a picture is at each pixel, as stored, which its colours over one ground don't tell.</summary>
public static class AlphaPlane
{
    private const int Opaque = 255;

    /// <summary>0 (clear) to 255, a byte a pixel; null for a picture that is opaque all over, that is an animation or a BMP, and for one of
    /// more than <see cref="DecodeOptions.Large"/> pixels.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">What is known of it.</param>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public static byte[]? Of(ReadOnlySpan<byte> bytes, PictureHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!header.HasAlpha || header.Frames > 1 || header.Format == PictureFormat.Bmp || header.Pixels > DecodeOptions.Large
            || header.BitsPerChannel > 16)
            return null;
        var samples = PictureReader.ReadSamples(bytes, out header);
        var width = header.BitsPerChannel / 8;
        var step = header.Channels * width;
        var plane = new byte[header.Pixels];
        var isOpaque = true;
        for (var (i, at) = (0, step - 1); i < plane.Length; i++, at += step)
        {
            plane[i] = samples[at];
            isOpaque &= plane[i] == Opaque;
        }

        return isOpaque ? null : plane;
    }
}
