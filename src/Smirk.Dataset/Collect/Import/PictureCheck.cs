using Smirk.Imaging;

namespace Smirk.Dataset.Collect.Import;

/// <summary>Decides whether bytes are a picture that can be used: it decodes to its end, is large enough, and shows something.</summary>
internal static class PictureCheck
{
    // A large JPEG may be decoded at a fraction of its size: all of its data is gone through all the same.
    private const int EnoughToJudge = 256;

    // A blank picture that was compressed wavers by a step or two around its one colour.
    private const int BlankRange = 4;

    /// <summary>The header.</summary>
    /// <exception cref="UnusablePictureException">Not a picture, damaged, too large or too small.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, ImportOptions options)
    {
        var header = PictureReader.ReadHeader(bytes, LimitsOf(options));
        if (Math.Min(header.Width, header.Height) < options.SmallestSide)
            throw new UnusablePictureException($"too small: {header.Width} × {header.Height} pixels, at least {options.SmallestSide} × {options.SmallestSide} are needed");
        return header;
    }

    /// <summary>Goes through all of the data.</summary>
    /// <exception cref="UnusablePictureException">Cut short, damaged or blank.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, PictureHeader header, ImportOptions options) =>
        RefuseBlank(PictureReader.Decode(bytes, header, LimitsOf(options) with { ShrinkTo = EnoughToJudge }));

    /// <summary>The pixels once more, as a PNG without anything but pixels: for formats whose container can't be rewritten.</summary>
    /// <exception cref="UnusablePictureException">Cut short, damaged or blank.</exception>
    public static byte[] AsPng(ReadOnlySpan<byte> bytes, PictureHeader header, ImportOptions options)
    {
        var picture = PictureReader.Decode(bytes, header, LimitsOf(options));
        RefuseBlank(picture);
        return PictureWriter.Png(picture);
    }

    private static void RefuseBlank(Picture picture)
    {
        if (IsBlank(picture))
            throw new UnusablePictureException($"blank: every pixel has the same colour (#{picture.Pixels[0]:x2}{picture.Pixels[1]:x2}{picture.Pixels[2]:x2})");
    }

    /// <summary>Whether all pixels have one colour, give or take what compression does to it.</summary>
    public static bool IsBlank(Picture picture)
    {
        var pixels = picture.Pixels;
        for (var channel = 0; channel < 3; channel++)
        {
            var (low, high) = (pixels[channel], pixels[channel]);
            for (var i = channel; i < pixels.Length; i += 3)
            {
                low = Math.Min(low, pixels[i]);
                high = Math.Max(high, pixels[i]);
                if (high - low > BlankRange)
                    return false;
            }
        }

        return true;
    }

    private static DecodeOptions LimitsOf(ImportOptions options) => new() { MaxBytes = options.MaxBytes, MaxPixels = options.MaxPixels };
}
