using System.Buffers.Binary;

namespace Smirk.Imaging.Tests.Reading;

/// <summary>Puts EXIF with nothing but an orientation into encoded pictures.</summary>
internal static class ExifMaker
{
    // A TIFF header, one directory, one entry: tag 0x0112, type SHORT, count 1.
    public static byte[] Tiff(int orientation) =>
        [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    public static byte[] IntoJpeg(byte[] jpeg, int orientation)
    {
        byte[] body = [.. "Exif\0\0"u8, .. Tiff(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    public static byte[] IntoWebP(byte[] webp, int orientation, int width, int height)
    {
        var exif = Tiff(orientation);
        byte[] extended = [.. "VP8X"u8, 10, 0, 0, 0, 0b1000, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)];
        byte[] body = [.. "WEBP"u8, .. extended, .. webp[12..], .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
        return [.. "RIFF"u8, .. length, .. body];
    }

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
