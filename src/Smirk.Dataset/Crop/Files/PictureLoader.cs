using Smirk.Imaging;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Decodes pictures to look for faces in them, and to cut them, within bounded memory.</summary>
internal sealed class PictureLoader
{
    // Above, pictures are looked at in half their size, and one at a time: faces of 48 pixels are still found. Above four times that, in a quarter:
    // a hundred megapixels still fit, and a face there has 96 pixels at least.
    private const long LargePixels = 8_000_000;

    private readonly Lock _large = new();

    /// <summary>Gives the decoded picture to <paramref name="use"/>.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public T Use<T>(byte[] bytes, Func<Picture, T> use)
    {
        var header = PictureReader.ReadHeader(bytes);
        if (header.Pixels <= LargePixels)
            return use(PictureReader.Decode(bytes));
        lock (_large)
            return use(Smaller(bytes, header, header.Pixels <= 4 * LargePixels ? 2 : 4));
    }

    // JPEGs come out smaller as they are decoded; the others are halved when they are there.
    private static Picture Smaller(byte[] bytes, PictureHeader header, int shrink)
    {
        var picture = PictureReader.Decode(bytes, new DecodeOptions { ShrinkTo = Math.Min(header.Width, header.Height) / (2 * shrink) });
        return (long)picture.Width * picture.Height < header.Pixels ? picture : picture.Resize(Math.Max(1, picture.Width / shrink), Math.Max(1, picture.Height / shrink), ResizeKernel.Box);
    }

    /// <summary>The upright size of the stored picture.</summary>
    /// <exception cref="UnusablePictureException">It has no header that can be read.</exception>
    public static (int Width, int Height) SizeOf(byte[] bytes)
    {
        var header = PictureReader.ReadHeader(bytes);
        return header.IsTurned ? (header.Height, header.Width) : (header.Width, header.Height);
    }
}
