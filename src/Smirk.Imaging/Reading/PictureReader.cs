using Smirk.Imaging.Endings;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading.Frames;
using Smirk.Imaging.Reading.Plain;
using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Reading;

/// <summary>Decodes pictures by what their bytes are. Safe to call from many threads at once; each call uses the caller's alone.</summary>
public static class PictureReader
{
    // JPEG's blocks are 8 pixels wide.
    private const int MostShrink = 8;

    /// <summary>Reads the header.</summary>
    /// <exception cref="UnusablePictureException">No picture, a damaged header, or more than the options' limits.</exception>
    public static PictureHeader ReadHeader(ReadOnlySpan<byte> bytes, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var format = FormatOf(bytes, options);
        var header = format switch
        {
            PictureFormat.Bmp => BmpReader.ReadHeader(bytes),
            _ => PlainPicture.TryReadHeader(bytes, format) ?? Counted(VipsDecoder.ReadHeader(bytes, format), SequenceOf(bytes, format)),
        };
        header.RefuseAbove(options.MaxPixels);
        return header;
    }

    /// <summary>Decodes the first frame, or where that is blank the one that shows the most: upright (EXIF orientation), sRGB, alpha laid
    /// over white; over black where the picture itself is nearly white.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Limits, and how small the picture may come out.</param>
    /// <param name="admit">Told of the header (within the limits) before any pixel is decoded; may wait, or refuse by throwing. Null for
    /// nobody.</param>
    /// <exception cref="UnusablePictureException">No picture, cut short, damaged, or more than the options' limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> bytes, DecodeOptions? options = null, Action<PictureHeader>? admit = null) =>
        Decode(bytes, options, admit, out _);

    /// <summary>The same; tells as well whether nothing can be wrong with it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="options">Limits, and how small the picture may come out.</param>
    /// <param name="admit">As with the other.</param>
    /// <param name="isPlain">Whether it was decoded by the format's own library, which objected to nothing.</param>
    /// <exception cref="UnusablePictureException">As with the other.</exception>
    public static Picture Decode(
        ReadOnlySpan<byte> bytes, DecodeOptions? options, Action<PictureHeader>? admit, out bool isPlain)
    {
        var pixels = Read(bytes, options ?? DecodeOptions.Default, admit, channels: 3, out var orientation);
        isPlain = pixels.IsPlain;
        return new Picture(pixels.Width, pixels.Height, pixels.Pixels).Oriented(orientation);
    }

    /// <summary>The luminance (Rec. 601) of that frame alone, a third of the memory, as it is stored: not turned upright.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, DecodeOptions, Action{PictureHeader})"/>
    public static GreyPicture DecodeLuminance(ReadOnlySpan<byte> bytes, DecodeOptions? options = null, Action<PictureHeader>? admit = null)
    {
        var (width, height, pixels) = Read(bytes, options ?? DecodeOptions.Default, admit, channels: 1, out _);
        return new GreyPicture(width, height, pixels);
    }

    /// <summary>The samples of the first frame as they are stored, alpha included: 8 bits a channel, or 16 and 32 in the machine's byte
    /// order. Not for BMP.</summary>
    /// <exception cref="UnusablePictureException">It can't be decoded.</exception>
    public static byte[] ReadSamples(ReadOnlySpan<byte> bytes, out PictureHeader header) =>
        VipsDecoder.Samples(bytes, FormatOf(bytes, DecodeOptions.Default), out header);

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="UnusablePictureException">As <see cref="Decode(ReadOnlySpan{byte}, DecodeOptions, Action{PictureHeader})"/>; the
    /// reason doesn't name the file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Picture DecodeFile(string path, DecodeOptions? options = null)
    {
        options ??= DecodeOptions.Default;
        var length = new FileInfo(path).Length;
        return length > options.MaxBytes ? throw TooLong(length, options) : Decode(File.ReadAllBytes(path), options);
    }

    private static DecodedPixels Read(
        ReadOnlySpan<byte> bytes, DecodeOptions options, Action<PictureHeader>? admit, int channels, out int orientation)
    {
        var admitted = false;
        try
        {
            return ReadOnce(bytes, options, Admit, channels, out orientation);
        }
        catch (UnusablePictureException error) when (error.Fault == PictureFault.CutShort)
        {
            // All of the picture may be there, and only the end mark missing.
            if (PictureEnd.Complete(bytes) is not { } whole)
                throw;
            return ReadOnce(whole, options with { MaxBytes = long.MaxValue }, Admit, channels, out orientation);
        }

        void Admit(PictureHeader header)
        {
            if (!admitted)
                admit?.Invoke(header);
            admitted = true;
        }
    }

    private static DecodedPixels ReadOnce(
        ReadOnlySpan<byte> bytes, DecodeOptions options, Action<PictureHeader>? admit, int channels, out int orientation)
    {
        var format = FormatOf(bytes, options);
        var turn = 1;
        if (format == PictureFormat.Bmp)
        {
            var shrink = Admit(BmpReader.ReadHeader(bytes));
            orientation = turn;
            return DecodedPixels.Of(BmpReader.Decode(bytes), shrink, channels);
        }

        if (PlainPicture.TryReadHeader(bytes, format) is { } plain)
        {
            var shrink = Admit(plain);
            orientation = turn;
            if (PlainPicture.TryDecode(bytes, plain, shrink, channels) is { } decoded)
                return decoded;

            // libvips takes it, or says what is wrong with it; it was admitted before.
            admit = null;
        }

        if (format == PictureFormat.Jpeg && JpegStrays.Remove(bytes) is { } tidy)
            bytes = tidy;
        var (sequence, showsFirst, shrunk) = (SequenceOf(bytes, format), true, 1);
        var pixels = VipsDecoder.Decode(bytes, format, AdmitFrames, channels);
        orientation = turn;
        return !showsFirst && FirstToShow.IsBlank(pixels.Pixels, channels) && FirstToShow.Find(bytes.ToArray(), options) is { } shown
            ? DecodedPixels.Of(shown, shrunk, channels)
            : pixels;

        int AdmitFrames(PictureHeader header)
        {
            header = Counted(header, sequence);
            showsFirst = header.Frames == 1 || header.IsSequence;
            return shrunk = Admit(header);
        }

        int Admit(PictureHeader header)
        {
            header.RefuseAbove(options.MaxPixels);
            admit?.Invoke(header);
            turn = header.Orientation;
            return ShrinkFor(header, options);
        }
    }

    // Frames that libvips doesn't count; 1 where there are none.
    private static int SequenceOf(ReadOnlySpan<byte> bytes, PictureFormat format) => format switch
    {
        PictureFormat.Png => Apng.CountOf(bytes),
        PictureFormat.Avif or PictureFormat.Heic => ImageSequence.CountOf(bytes),
        _ => 1,
    };

    private static PictureHeader Counted(PictureHeader header, int sequence) =>
        sequence == 1 ? header : header with { Frames = sequence, IsSequence = header.Format != PictureFormat.Png };

    private static PictureFormat FormatOf(ReadOnlySpan<byte> bytes, DecodeOptions options)
    {
        var format = FormatSniffer.Sniff(bytes[..Math.Min(bytes.Length, FormatSniffer.HeadLength)]);
        if (format == PictureFormat.Unknown)
            throw new UnusablePictureException(PictureFault.NoPicture, $"no picture: this is {FormatSniffer.Describe(bytes)}");
        return bytes.Length > options.MaxBytes ? throw TooLong(bytes.Length, options) : format;
    }

    private static UnusablePictureException TooLong(long length, DecodeOptions options) =>
        new(PictureFault.TooLong, $"too long: {length / 1e6:0.#} MB, at most {options.MaxBytes / 1e6:0.##} MB are read");

    private static int ShrinkFor(PictureHeader header, DecodeOptions options)
    {
        var shortest = Math.Min(header.Width, header.Height);
        var shrink = (header.Format == PictureFormat.Jpeg || header.Pixels > DecodeOptions.Large) && options.ShrinkTo is > 0 and var side
            ? ShrinkFor(shortest, side) : 1;
        while (shrink < MostShrink && shortest >= 2 * shrink && header.Pixels / shrink / shrink > options.MostPixels)
            shrink *= 2;
        return shrink;
    }

    // A JPEG shrunk while it is decoded is averaged in blocks; twice the wanted size leaves the good resizing its work.
    private static int ShrinkFor(int shortest, int side) =>
        shortest >= side * 16 ? MostShrink : shortest >= side * 8 ? 4 : shortest >= side * 4 ? 2 : 1;
}
