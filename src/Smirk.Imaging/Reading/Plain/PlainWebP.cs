using System.Buffers.Binary;
using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading.Plain;

/// <summary>Which WebPs are plain: a single picture without alpha, and nothing beside it.</summary>
internal static class PlainWebP
{
    private const int FrameAt = 20; // "RIFF", size, "WEBP", "VP8 " or "VP8L", size

    /// <summary>The header, if the file is plain and whole; null otherwise.</summary>
    public static PictureHeader? TryReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FrameAt + 10 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L > bytes.Length)
            return null;
        var frame = bytes[FrameAt..];
        if (bytes[12..].StartsWith("VP8 "u8))
            return Lossy(frame);
        return bytes[12..].StartsWith("VP8L"u8) ? Lossless(frame) : null;
    }

    // RFC 6386, 9.1: a key frame's tag of 3 bytes, a start code of 3, then width and height in 14 bits each.
    private static PictureHeader? Lossy(ReadOnlySpan<byte> frame)
    {
        var isKey = (frame[0] & 1) == 0 && frame[3..].StartsWith<byte>([0x9d, 0x01, 0x2a]);
        return isKey ? Of(BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3fff,
            BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3fff) : null;
    }

    // A signature, then width − 1 and height − 1 in 14 bits each, a bit for alpha, three for the version.
    private static PictureHeader? Lossless(ReadOnlySpan<byte> frame)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(frame[1..]);
        return frame[0] == 0x2f && bits >> 28 == 0 ? Of((int)(bits & 0x3fff) + 1, (int)((bits >> 14) & 0x3fff) + 1) : null;
    }

    private static PictureHeader? Of(int width, int height) =>
        width == 0 || height == 0 ? null : PlainPicture.Header(PictureFormat.WebP, width, height, 3);
}
