using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading.Plain;

/// <summary>Which PNGs are plain: 8 bits, grey, colour or palette, not interlaced, no transparency, profile, orientation or
/// animation.</summary>
internal static class PlainPng
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12; // length, type, check sum
    private const int HeaderLength = 13;

    /// <summary>The header, if the file is plain as far as its first pixels; null otherwise, also where it is damaged.</summary>
    public static PictureHeader? TryReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]))
            return null;
        PictureHeader? header = null;
        var at = SignatureLength;
        while (at + ChunkOverhead <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            var type = bytes.Slice(at + 4, 4);
            if (length > bytes.Length - at - ChunkOverhead)
                return null;
            if (type.SequenceEqual("IDAT"u8))
                return header;
            if (header is null)
            {
                if (!type.SequenceEqual("IHDR"u8) || length != HeaderLength || (header = Read(bytes.Slice(at + 8, HeaderLength))) is null)
                    return null;
            }
            else if (!ChangesNothing(type))
            {
                return null;
            }

            at += (int)length + ChunkOverhead;
        }

        return null;
    }

    // Palette, and what libvips doesn't look at either.
    private static bool ChangesNothing(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("PLTE"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8)
            || type.SequenceEqual("sBIT"u8)
        || type.SequenceEqual("bKGD"u8) || type.SequenceEqual("pHYs"u8) || type.SequenceEqual("tEXt"u8) || type.SequenceEqual("tIME"u8);

    private static PictureHeader? Read(ReadOnlySpan<byte> header)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        int? channels = header[9] switch { 0 => 1, 2 or 3 => 3, _ => null };
        var plain = header[8] == 8 && header[10] == 0 && header[11] == 0 && header[12] == 0;
        return plain && width > 0 && height > 0 && channels is { } count ? PlainPicture.Header(PictureFormat.Png, width, height, count)
            : null;
    }
}
