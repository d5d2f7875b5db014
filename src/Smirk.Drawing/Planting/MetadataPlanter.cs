using System.Buffers.Binary;
using System.Text;
using Smirk.Drawing.Faces;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Writing;

namespace Smirk.Drawing.Planting;

/// <summary>Puts metadata into pictures that have none: EXIF with GPS, comments. No pixel changes.</summary>
internal static class MetadataPlanter
{
    /// <summary>The picture with metadata; <paramref name="bytes"/> is as <see cref="PictureWriter"/> wrote it.</summary>
    public static byte[] Plant(byte[] bytes, PictureFormat format, int width, int height, Random random)
    {
        var exif = ExifBlock.Make(random);
        var comment = $"saved by user{random.Next(10_000)}, do not repost";
        return format switch
        {
            PictureFormat.Jpeg => IntoJpeg(bytes, exif, comment),
            PictureFormat.Png => IntoPng(bytes, exif, comment, software: random.Pick("smirkshot", "GrinPaint 3")),
            _ => IntoWebP(bytes, exif, width, height),
        };
    }

    private static byte[] IntoJpeg(byte[] jpeg, byte[] exif, string comment)
    {
        // Behind the start marker and the JFIF segment, whose length stands in it.
        var at = jpeg[3] == 0xE0 ? 4 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(4)) : 2;
        return [.. jpeg[..at], .. Segment(0xE1, [.. "Exif\0\0"u8, .. exif]), .. Segment(0xFE, Encoding.ASCII.GetBytes(comment)),
            .. jpeg[at..]];
    }

    private static byte[] Segment(byte marker, byte[] body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] IntoPng(byte[] png, byte[] exif, string comment, string software)
    {
        // Behind the header chunk: 8 bytes of signature, 25 of IHDR.
        const int at = 33;
        return
        [
            .. png[..at], .. PngChunks.Of("eXIf"u8, exif), .. PngChunks.Of("tEXt"u8, Encoding.Latin1.GetBytes($"Comment\0{comment}")),
                .. PngChunks.Of("tEXt"u8, Encoding.Latin1.GetBytes($"Software\0{software}")),
            .. png[at..],
        ];
    }

    private static byte[] IntoWebP(byte[] webp, byte[] exif, int width, int height)
    {
        const byte hasExif = 0x08;
        byte[] padded = exif.Length % 2 == 0 ? exif : [.. exif, 0];
        byte[] extended =
            [.. "VP8X"u8, .. LittleEndian(10), hasExif, 0, 0, 0, .. LittleEndian(width - 1)[..3], .. LittleEndian(height - 1)[..3]];
        byte[] body = [.. "WEBP"u8, .. extended, .. webp[12..], .. "EXIF"u8, .. LittleEndian(exif.Length), .. padded];
        return [.. "RIFF"u8, .. LittleEndian(body.Length), .. body];
    }

    private static byte[] LittleEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
