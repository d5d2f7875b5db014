using System.Buffers.Binary;
using System.IO.Hashing;

namespace Smirk.Imaging.Writing;

/// <summary>What PNG files are made of (W3C PNG, third edition, 5).</summary>
public static class PngChunks
{
    /// <summary>The first eight bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes a chunk: length, type, data, CRC.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="type">Four letters.</param>
    /// <param name="data">What it holds.</param>
    public static void Write(Stream to, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        ArgumentNullException.ThrowIfNull(to);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        to.Write(number);
        to.Write(type);
        to.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        to.Write(number);
    }

    /// <summary>A whole chunk.</summary>
    /// <param name="type">Four letters.</param>
    /// <param name="data">What it holds.</param>
    public static byte[] Of(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        using var chunk = new MemoryStream(12 + data.Length);
        Write(chunk, type, data);
        return chunk.ToArray();
    }
}
