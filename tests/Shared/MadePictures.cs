using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Smirk.Tests;

/// <summary>Writes pictures that Smirk itself doesn't write: animated, deep and transparent PNGs, TIFFs of several pages. Apart from the
/// code that is tested.</summary>
internal static class MadePictures
{
    /// <summary>A PNG of <paramref name="channels"/> (1, 3 or 4) with 8 or 16 bits a sample; <paramref name="samples"/> row by row, 16 bits
    /// with their high byte first.</summary>
    public static byte[] Png(int width, int height, int channels, int bits, byte[] samples)
    {
        using var file = Begin(width, height, channels, bits);
        Chunk(file, "IDAT", Packed(samples, width * channels * bits / 8));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>An animated PNG of whole RGB frames.</summary>
    public static byte[] Apng(int width, int height, IReadOnlyList<byte[]> frames, int delayMilliseconds, bool ends = true) =>
        Apng(width, height, [.. frames.Select(f => new ApngFrame(f, 0, 0, width, height, 0))], delayMilliseconds, ends);

    /// <summary>An animated PNG whose frames cover parts of it; the first covers all.</summary>
    public static byte[] Apng(int width, int height, IReadOnlyList<ApngFrame> frames, int delayMilliseconds, bool ends = true)
    {
        using var file = Begin(width, height, channels: 3, bits: 8);
        Chunk(file, "acTL", [.. Four(frames.Count), .. Four(0)]);
        var number = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            Chunk(file, "fcTL", [.. Four(number++), .. Four(frame.Width), .. Four(frame.Height), .. Four(frame.X), .. Four(frame.Y),
                .. Two(delayMilliseconds), .. Two(1000), frame.Disposal, 0]);
            var packed = Packed(frame.Rgb, frame.Width * 3);
            if (i == 0)
                Chunk(file, "IDAT", packed);
            else
                Chunk(file, "fdAT", [.. Four(number++), .. packed]);
        }

        if (ends)
            Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A TIFF of RGB pages of one size, not compressed.</summary>
    public static byte[] Tiff(int width, int height, IReadOnlyList<byte[]> pages)
    {
        using var file = new MemoryStream();
        file.Write([(byte)'M', (byte)'M', 0, 42]);
        foreach (var (page, i) in pages.Select((page, i) => (page, i)))
        {
            // The place of this directory, then bits a sample, the pixels, and the directory.
            var pixels = (int)file.Position + 4 + 6;
            file.Write(Four(pixels + page.Length));
            file.Write([0, 8, 0, 8, 0, 8]);
            file.Write(page);
            (int Tag, int Type, int Count, int Value)[] entries =
            [
                (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, pixels - 6), (259, 3, 1, 1 << 16), (262, 3, 1, 2 << 16),
                (273, 4, 1, pixels), (277, 3, 1, 3 << 16), (278, 4, 1, height), (279, 4, 1, page.Length),
            ];
            file.Write(Two(entries.Length));
            foreach (var (tag, type, count, value) in entries)
                file.Write([.. Two(tag), .. Two(type), .. Four(count), .. Four(value)]);
            if (i == pages.Count - 1)
                file.Write(Four(0));
        }

        return file.ToArray();
    }

    private static MemoryStream Begin(int width, int height, int channels, int bits)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var type = channels switch { 1 => 0, 3 => 2, _ => 6 };
        Chunk(file, "IHDR", [.. Four(width), .. Four(height), (byte)bits, (byte)type, 0, 0, 0]);
        return file;
    }

    private static byte[] Packed(byte[] samples, int stride)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var at = 0; at < samples.Length; at += stride)
            {
                zlib.WriteByte(0);
                zlib.Write(samples, at, stride);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var crc = uint.MaxValue;
        foreach (var value in named)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        file.Write([.. Four(data.Length), .. named, .. Four((int)~crc)]);
    }

    private static byte[] Four(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Two(int value) => [(byte)(value >> 8), (byte)value];
}

/// <summary>A frame of an animated PNG.</summary>
internal sealed record ApngFrame(byte[] Rgb, int X, int Y, int Width, int Height, byte Disposal);
