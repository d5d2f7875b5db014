using Smirk.Imaging;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Decodes pictures to look for faces in them, and to cut them, within bounded memory.</summary>
internal sealed class PictureLoader
{
    // Above, JPEGs are decoded at half their size, and one picture at a time: faces of 48 pixels are still found, and a hundred megapixels still fit.
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
            return use(PictureReader.Decode(bytes, new DecodeOptions { ShrinkTo = Math.Min(header.Width, header.Height) / 4 }));
    }

    /// <summary>The upright size of the stored picture.</summary>
    /// <exception cref="UnusablePictureException">It has no header that can be read.</exception>
    public static (int Width, int Height) SizeOf(byte[] bytes)
    {
        var header = PictureReader.ReadHeader(bytes);
        return header.IsTurned ? (header.Height, header.Width) : (header.Width, header.Height);
    }
}
