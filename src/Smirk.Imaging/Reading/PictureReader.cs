namespace Smirk.Imaging;

/// <summary>Decodes pictures by what their bytes are. Safe to call from many threads at once; each call uses the caller's alone.</summary>
public static class PictureReader
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="UnusablePictureException">No picture, a damaged header, or more than the options' limits.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var format = FormatOf(bytes, options);
        var header = format switch
        {
            PictureFormat.Bmp => BmpReader.ReadHeader(bytes),
            PictureFormat.Jpeg when PlainJpeg.TryReadHeader(bytes) is { } plain => plain,
            _ => VipsDecoder.ReadHeader(bytes, format),
        };
        CheckPixels(header, options);
        return header;
    }

    /// <summary>Decodes the first frame: upright (EXIF orientation), sRGB, alpha laid over white.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Limits, and how small the picture may come out.</param>
    /// <param name="admit">Told of the header (within the limits) before any pixel is decoded; may wait, or refuse by throwing. Null for nobody.</param>
    /// <exception cref="UnusablePictureException">No picture, cut short, damaged, or more than the options' limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, DecodeOptions? options = null, Action<PictureHeader>? admit = null)
    {
        options ??= DecodeOptions.Default;
        var format = FormatOf(bytes, options);
        var orientation = 1;
        if (format == PictureFormat.Bmp)
        {
            Admit(BmpReader.ReadHeader(bytes));
            return BmpReader.Decode(bytes);
        }

        if (format == PictureFormat.Jpeg && PlainJpeg.TryReadHeader(bytes) is { } plain)
        {
            var shrink = Admit(plain);
            if (PlainJpeg.TryDecode(bytes, plain, shrink) is { } picture)
                return picture;

            // libvips takes it, or says what is wrong with it; it was admitted before.
            admit = null;
        }

        return VipsDecoder.Decode(bytes, format, Admit).Oriented(orientation);

        int Admit(PictureHeader header)
        {
            CheckPixels(header, options);
            admit?.Invoke(header);
            orientation = header.Orientation;
            return format == PictureFormat.Jpeg ? ShrinkFor(header, options.ShrinkTo) : 1;
        }
    }

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="UnusablePictureException">As <see cref="Decode(ReadOnlySpan{byte}, DecodeOptions, Action{PictureHeader})"/>; the reason doesn't name the file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Picture DecodeFile(string path, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var length = new FileInfo(path).Length;
        return length > options.MaxBytes ? throw TooLong(length, options) : Decode(File.ReadAllBytes(path), options);
    }

    private static PictureFormat FormatOf(ReadOnlySpan<byte> bytes, DecodeOptions options)
    {
        var format = FormatSniffer.Sniff(bytes[..Math.Min(bytes.Length, FormatSniffer.HeadLength)]);
        if (format == PictureFormat.Unknown)
            throw new UnusablePictureException($"no picture: this is {FormatSniffer.Describe(bytes)}");
        return bytes.Length > options.MaxBytes ? throw TooLong(bytes.Length, options) : format;
    }

    private static void CheckPixels(PictureHeader header, DecodeOptions options)
    {
        if (header.Pixels > options.MaxPixels)
            throw new UnusablePictureException($"too large: {header.Width} × {header.Height} are {header.Pixels / 1e6:0} million pixels, at most {options.MaxPixels / 1e6:0.##} million are read");
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
