namespace Smirk.Imaging;

/// <summary>Decodes pictures by what their bytes are. Safe to call from many threads at once; each call uses the caller's alone.</summary>
public static class PictureReader
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="UnusablePictureException">No picture, a damaged header, or more than the options' limits.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var format = FormatSniffer.Sniff(bytes[..Math.Min(bytes.Length, FormatSniffer.HeadLength)]);
        if (format == PictureFormat.Unknown)
            throw new UnusablePictureException($"no picture: this is {FormatSniffer.Describe(bytes)}");
        if (bytes.Length > options.MaxBytes)
            throw TooLong(bytes.Length, options);
        var header = format == PictureFormat.Bmp ? BmpReader.ReadHeader(bytes) : VipsDecoder.ReadHeader(bytes, format, shrink: 1);
        if (header.Pixels > options.MaxPixels)
            throw new UnusablePictureException($"too large: {header.Width} × {header.Height} are {header.Pixels / 1e6:0} million pixels, at most {options.MaxPixels / 1e6:0.##} million are read");
        return header;
    }

    /// <summary>Decodes the first frame: upright (EXIF orientation), sRGB, alpha laid over white.</summary>
    /// <exception cref="UnusablePictureException">No picture, cut short, damaged, or more than the options' limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        return Decode(bytes, ReadHeader(bytes, options), options);
    }

    /// <summary>Decodes the first frame of a picture whose header was read, and so checked against the limits, before.</summary>
    /// <exception cref="UnusablePictureException">Cut short or damaged.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, PictureHeader header, DecodeOptions options)
    {
        if (header.Format == PictureFormat.Bmp)
            return BmpReader.Decode(bytes);
        var shrink = header.Format == PictureFormat.Jpeg ? ShrinkFor(header, options.ShrinkTo) : 1;
        return VipsDecoder.Decode(bytes, header, shrink).Oriented(header.Orientation);
    }

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="UnusablePictureException">As <see cref="Decode(ReadOnlySpan{byte}, DecodeOptions)"/>; the reason doesn't name the file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Picture DecodeFile(string path, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var length = new FileInfo(path).Length;
        return length > options.MaxBytes ? throw TooLong(length, options) : Decode(File.ReadAllBytes(path), options);
    }

    private static UnusablePictureException TooLong(long length, DecodeOptions options) =>
        new($"too long: {length / 1e6:0.#} MB, at most {options.MaxBytes / 1e6:0.##} MB are read");

    // A JPEG shrunk while it is decoded is averaged in blocks; twice the wanted size leaves the good resizing its work.
    private static int ShrinkFor(PictureHeader header, int? wanted)
    {
        if (wanted is not { } side || side <= 0)
            return 1;
        var shortest = Math.Min(header.Width, header.Height);
        return shortest >= side * 16 ? 8 : shortest >= side * 8 ? 4 : shortest >= side * 4 ? 2 : 1;
    }
}
