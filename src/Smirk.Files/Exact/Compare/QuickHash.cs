using System.Numerics;
using System.Runtime.CompilerServices;

namespace Smirk.Files.Exact.Compare;

/// <summary>64 bits to tell blocks apart quickly. Equal hashes prove nothing: whoever meets them compares the bytes.</summary>
/// <remarks>Multiplies and rotates in four independent lanes, as XXH64 does (its numbers differ). Plain 64-bit arithmetic, so that it is
/// fast without being compiled for the machine first.</remarks>
internal static unsafe class QuickHash
{
    // Odd constants with well-mixed bits: the fractions of the square roots of 2, 3, 5 and 7.
    private const ulong A = 0x6A09E667F3BCC909;
    private const ulong B = 0xBB67AE8584CAA73B;
    private const ulong C = 0x3C6EF372FE94F82B;
    private const ulong D = 0xA54FF53A5F1D36F1;

    public static ulong Of(byte* bytes, long length)
    {
        var (a, b, c, d) = (A ^ (ulong)length, B, C, D);
        var end = bytes + (length & ~31L);
        for (; bytes < end; bytes += 32)
        {
            a = Step(a, *(ulong*)bytes);
            b = Step(b, *(ulong*)(bytes + 8));
            c = Step(c, *(ulong*)(bytes + 16));
            d = Step(d, *(ulong*)(bytes + 24));
        }

        var left = (int)(length & 31);
        for (; left >= 8; left -= 8, bytes += 8)
            a = Step(a, *(ulong*)bytes);
        for (; left > 0; left--, bytes++)
            b = Step(b, *bytes);
        return Finish(a + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong lane, ulong word) => BitOperations.RotateLeft(lane + (word * B), 31) * A;

    private static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * D;
        hash = (hash ^ (hash >> 29)) * C;
        return hash ^ (hash >> 32);
    }
}
