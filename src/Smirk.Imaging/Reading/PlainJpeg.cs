using System.Buffers.Binary;

namespace Smirk.Imaging;

/// <summary>JPEGs that need nothing of libvips: 8 bits, grey or three colours, no profile, no orientation. Most of a stripped pile is of that kind, and takes half the time.</summary>
internal static unsafe class PlainJpeg
{
    private const byte StartOfScan = 0xda;
    private const byte Exif = 0xe1;
    private const byte Profile = 0xe2;
    private const byte Adobe = 0xee;

    /// <summary>The header, if the file is plain as far as its first scan; null otherwise, also where it is damaged.</summary>
    public static PictureHeader? TryReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith<byte>([0xff, 0xd8]))
            return null;
        PictureHeader? header = null;
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xff)
        {
            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length || marker is Exif or Profile or Adobe)
                return null;
            if (marker == StartOfScan)
                return header;
            if (IsFrame(marker) && (header is not null || (header = Frame(marker, bytes.Slice(at + 4, length - 2))) is null))
                return null;
            at += 2 + length;
        }

        return null;
    }

    /// <summary>Decodes; null where libjpeg has anything to object to, which libvips then explains.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">What <see cref="TryReadHeader"/> gave.</param>
    /// <param name="shrink">1, 2, 4 or 8: averaged in squares of that many pixels while it is decoded.</param>
    /// <param name="channels">3, or 1 for the luminance.</param>
    public static DecodedPixels? TryDecode(ReadOnlySpan<byte> bytes, PictureHeader header, int shrink, int channels)
    {
        VipsLibrary.EnsureMatches();
        var (width, height) = (header.Width / shrink, header.Height / shrink);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(width * height * channels));
        fixed (byte* at = bytes, to = pixels)
        {
            if (NativeMethods.PlainJpeg(at, bytes.Length, shrink, width, height, channels, to) != VipsStatus.Ok)
                return null;
        }

        return new DecodedPixels(width, height, pixels);
    }

    // Baseline, extended and progressive, in Huffman code; the other kinds are rare.
    private static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    private static PictureHeader? Frame(byte marker, ReadOnlySpan<byte> frame)
    {
        if (marker > 0xc2 || frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3))
            return null;
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        return width == 0 || height == 0 ? null : new PictureHeader(PictureFormat.Jpeg, width, height, 1, 1, frame[5], 8, HasAlpha: false, HasProfile: false);
    }
}
