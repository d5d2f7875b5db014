using System.Globalization;
using System.Numerics;

namespace Smirk.Dataset.Near.Hashes;

/// <summary>256 bits that are compared by how many differ. Word 0 holds the lowest bits; the text form is PDQ's: 64 hex digits, highest
/// word first.</summary>
/// <param name="A">Bits 0–63.</param>
/// <param name="B">Bits 64–127.</param>
/// <param name="C">Bits 128–191.</param>
/// <param name="D">Bits 192–255.</param>
public readonly record struct Hash256(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>How many bits differ, 0–256.</summary>
    public int Distance(in Hash256 other) =>
        BitOperations.PopCount(A ^ other.A) + BitOperations.PopCount(B ^ other.B) + BitOperations.PopCount(
            C ^ other.C) + BitOperations.PopCount(D ^ other.D);

    /// <summary>How many bits are set; PDQ sets half of them on any picture with some detail.</summary>
    public int BitCount => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    /// <summary>The 16 bits of part <paramref name="index"/> (0–15), as multi-index hashing keys them.</summary>
    public ushort Part(int index) => (ushort)(((index >> 2) switch { 0 => A, 1 => B, 2 => C, _ => D }) >> (16 * (index & 3)));

    /// <summary>Reads 64 hex digits.</summary>
    /// <exception cref="FormatException">The text is no such hash.</exception>
    public static Hash256 Parse(string text)
    {
        if (text.Length != 64)
            throw new FormatException($"a 256-bit hash has 64 hex digits, this text has {text.Length}");
        return new Hash256(Word(48), Word(32), Word(16), Word(0));

        ulong Word(int start) => ulong.Parse(text.AsSpan(start, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{D:x16}{C:x16}{B:x16}{A:x16}";
}
