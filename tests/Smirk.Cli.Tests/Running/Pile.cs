using System.Buffers.Binary;
using System.IO.Compression;

namespace Smirk.Cli.Tests.Running;

/// <summary>A small pile of pictures on the disk: distinct ones, copies, junk, an archive.</summary>
internal static class Pile
{
    /// <summary>Writes <paramref name="count"/> pictures of <paramref name="size"/> pixels and what else a pile holds; returns the
    /// folder.</summary>
    public static string Write(TemporaryFolder folder, int count, int size = 64)
    {
        for (var i = 0; i < count; i++)
            folder.Write($"pile/{i % 3}/{i:0000}.png", Png(i, size));
        for (var i = 0; i < count / 5; i++)
            folder.Write($"pile/copies/{i:0000}.jpg", Png(i * 2, size));
        folder.Write("pile/junk.png", "not a picture"u8);
        using (var zip = ZipFile.Open(folder.File("pile/more.zip"), ZipArchiveMode.Create))
        {
            for (var i = 0; i < count / 5; i++)
            {
                using var member = zip.CreateEntry($"{i}.png").Open();
                member.Write(Png(count + i, size));
            }
        }

        return folder.File("pile");
    }

    /// <summary>A PNG, each number another.</summary>
    public static byte[] Png(int number, int size)
    {
        var rows = new byte[size * ((size * 3) + 1)];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i % ((size * 3) + 1) == 0 ? (byte)0 : (byte)((i * (3 + (number % 7))) + (number * 31) + (i / 97 * number));
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. name, .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
