using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Smirk.Files.Strip.Png;

/// <summary>CRC-32 as PNG has it (ISO 3309, reflected polynomial 0xEDB88320). The base library has none, and checking is most of what stripping a large PNG costs.</summary>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int FoldAtLeast = 64;

    private static readonly uint[] Tables = MakeTables();

    // x^(512±32) and x^(128±32) modulo the polynomial, bit-reflected: Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ", Intel 2009.
    private static readonly Vector128<ulong> Fold64 = Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);
    private static readonly Vector128<ulong> Fold16 = Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);

    /// <summary>The CRC of what <paramref name="crc"/> is the CRC of (0: nothing) followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        if (Pclmulqdq.IsSupported && bytes.Length >= FoldAtLeast)
            state = Fold(state, ref bytes);
        return ~AppendPlain(state, bytes);
    }

    /// <summary>The plain twin of the fast path: eight bytes at a time by tables. <paramref name="state"/> is the inverted CRC.</summary>
    internal static uint AppendPlain(uint state, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[0x700 + (low & 0xFF)] ^ tables[0x600 + ((low >> 8) & 0xFF)] ^ tables[0x500 + ((low >> 16) & 0xFF)] ^ tables[0x400 + (low >> 24)]
                ^ tables[0x300 + (high & 0xFF)] ^ tables[0x200 + ((high >> 8) & 0xFF)] ^ tables[0x100 + ((high >> 16) & 0xFF)] ^ tables[high >> 24];
        }

        foreach (var value in bytes)
            state = tables[(state ^ value) & 0xFF] ^ (state >> 8);
        return state;
    }

    // Folds all whole 16-byte blocks into one of the same CRC, and leaves the rest in bytes.
    private static uint Fold(uint state, ref ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var a = blocks[0] ^ Vector128.CreateScalar((ulong)state);
        var (b, c, d) = (blocks[1], blocks[2], blocks[3]);
        var at = 4;
        for (; at + 4 <= blocks.Length; at += 4)
        {
            a = Times(a, Fold64) ^ blocks[at];
            b = Times(b, Fold64) ^ blocks[at + 1];
            c = Times(c, Fold64) ^ blocks[at + 2];
            d = Times(d, Fold64) ^ blocks[at + 3];
        }

        a = Times(Times(Times(a, Fold16) ^ b, Fold16) ^ c, Fold16) ^ d;
        for (; at < blocks.Length; at++)
            a = Times(a, Fold16) ^ blocks[at];
        bytes = bytes[(at * 16)..];
        Span<byte> folded = stackalloc byte[16];
        a.AsByte().CopyTo(folded);
        return AppendPlain(0, folded);
    }

    private static Vector128<ulong> Times(Vector128<ulong> block, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(block, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, by, 0x11);

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (uint)i;
            for (var bit = 0; bit < 8; bit++)
                value = (value >> 1) ^ ((value & 1) * Polynomial);
            tables[i] = value;
        }

        for (var i = 256; i < tables.Length; i++)
            tables[i] = tables[tables[i - 256] & 0xFF] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
