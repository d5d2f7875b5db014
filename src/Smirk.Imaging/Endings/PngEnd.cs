using System.Buffers.Binary;
using System.IO.Compression;

namespace Smirk.Imaging.Endings;

/// <summary>Finds where a PNG without IEND is complete: after its last whole chunk, if its picture data unpack to every row.</summary>
internal static class PngEnd
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12; // length, type, check sum

    private static readonly byte[] Missing = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    // Adam7: where each pass begins and how far its pixels are apart, across and down.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The end; null where the file has one, and where rows or frames are missing.</summary>
    public static PictureEnd? Find(ReadOnlySpan<byte> bytes)
    {
        long? expected = null;
        var header = Array.Empty<byte>();
        var frames = new PngFrames();
        using var packed = new MemoryStream();
        var at = SignatureLength;
        while (at + ChunkOverhead <= bytes.Length && BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) is >= 0 and var length
            && length <= bytes.Length - at - ChunkOverhead)
        {
            var type = bytes.Slice(at + 4, 4);
            var data = bytes.Slice(at + 8, length);
            if (type.SequenceEqual("IEND"u8))
                return null;
            frames.Take(type, data);
            if (type.SequenceEqual("IHDR"u8))
            {
                header = data.ToArray();
                expected = length == 13 ? UnpackedLength(data) : null;
            }
            else if (type.SequenceEqual("IDAT"u8))
                packed.Write(data);
            at += length + ChunkOverhead;
        }

        packed.Position = 0;
        return expected is { } needed && Unpacks(packed, needed)
            && frames.AreWhole((width, height) => UnpackedLength(WithSides(header, width, height)) ?? long.MaxValue)
            ? new PictureEnd(at, Missing) : null;
    }

    /// <summary>Whether the packed data hold so many bytes.</summary>
    internal static bool Unpacks(byte[] packed, long needed)
    {
        using var stream = new MemoryStream(packed);
        return Unpacks(stream, needed);
    }

    private static byte[] WithSides(byte[] header, int width, int height)
    {
        var other = (byte[])header.Clone();
        BinaryPrimitives.WriteInt32BigEndian(other, width);
        BinaryPrimitives.WriteInt32BigEndian(other.AsSpan(4), height);
        return other;
    }

    private static long? UnpackedLength(ReadOnlySpan<byte> header)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        var channels = header[9] switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        var bits = (long)header[8] * channels;
        if (width <= 0 || height <= 0 || bits is <= 0 or > 64)
            return null;
        if (header[12] == 0)
            return Rows(width, height, bits);
        return Passes.Sum(p => Rows((width - p.X + p.StepX - 1) / p.StepX, (height - p.Y + p.StepY - 1) / p.StepY, bits));
    }

    // Each row begins with the number of its filter; a pass without columns has no rows either.
    private static long Rows(long width, long height, long bits) =>
        width <= 0 || height <= 0 ? 0 : height * (1 + (((width * bits) + 7) / 8));

    private static bool Unpacks(Stream packed, long needed)
    {
        var buffer = new byte[1 << 16];
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        try
        {
            while (needed > 0 && unpacked.Read(buffer) is > 0 and var read)
                needed -= read;
            return needed <= 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
