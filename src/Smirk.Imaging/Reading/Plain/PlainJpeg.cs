using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading.Plain;

/// <summary>Which JPEGs are plain: 8 bits, grey or three colours, no profile, no orientation.</summary>
internal static class PlainJpeg
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

    // Baseline, extended and progressive, in Huffman code; the other kinds are rare.
    private static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    private static PictureHeader? Frame(byte marker, ReadOnlySpan<byte> frame)
    {
        if (marker > 0xc2 || frame.Length < 6 || frame[0] != 8 || frame[5] is not (1 or 3))
            return null;
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        return width == 0 || height == 0 ? null : PlainPicture.Header(PictureFormat.Jpeg, width, height, frame[5]);
    }
}
