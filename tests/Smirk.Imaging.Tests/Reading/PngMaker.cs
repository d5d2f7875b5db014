using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Smirk.Imaging.Tests.Reading;

/// <summary>Writes PNG files of every colour type and depth, chunk by chunk.</summary>
internal static class PngMaker
{
    public const int Grey = 0;
    public const int Rgb = 2;
    public const int Palette = 3;
    public const int GreyAlpha = 4;
    public const int Rgba = 6;

    /// <summary>A PNG of <paramref name="rows"/> (packed samples, no filter byte) with <paramref name="chunks"/> before its
    /// pixels.</summary>
    public static byte[] Make(int width, int bits, int colourType, byte[][] rows, params (string Type, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", [.. BigEndian(width), .. BigEndian(rows.Length), (byte)bits, (byte)colourType, 0, 0, 0]);
        foreach (var (type, data) in chunks)
            Chunk(file, type, data);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in rows)
                zlib.Write([0, .. row]);
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write([.. BigEndian(data.Length), .. named, .. Crc(named)]);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>CRC-32 as four bytes.</summary>
    public static byte[] Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return BigEndian((int)~crc);
    }
}
