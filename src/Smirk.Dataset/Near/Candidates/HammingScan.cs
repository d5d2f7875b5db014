using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Smirk.Dataset.Near.Hashes;

namespace Smirk.Dataset.Near.Candidates;

/// <summary>Compares one hash with each of many.</summary>
internal static class HammingScan
{
    /// <summary>Adds the numbers of the hashes within <paramref name="radius"/> bits.</summary>
    public static void Search(ReadOnlySpan<Hash256> hashes, in Hash256 hash, int radius, List<int> found)
    {
        if (Avx2.IsSupported)
            SearchAvx2(hashes, hash, radius, found);
        else
            SearchPlain(hashes, hash, radius, found);
    }

    /// <summary>The plain twin of the fast path.</summary>
    internal static void SearchPlain(ReadOnlySpan<Hash256> hashes, in Hash256 hash, int radius, List<int> found)
    {
        for (var i = 0; i < hashes.Length; i++)
        {
            // Half of the bits decide nearly every time.
            var half = BitOperations.PopCount(hashes[i].A ^ hash.A) + BitOperations.PopCount(hashes[i].B ^ hash.B);
            if (half <= radius && hashes[i].Distance(hash) <= radius)
                found.Add(i);
        }
    }

    // Counts bits of all 256 at once: a table lookup a half byte, then sums of bytes.
    private static void SearchAvx2(ReadOnlySpan<Hash256> hashes, in Hash256 hash, int radius, List<int> found)
    {
        var wanted = Vector256.Create(hash.A, hash.B, hash.C, hash.D).AsByte();
        var counts = Vector256.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        var low = Vector256.Create((byte)15);
        var vectors = MemoryMarshal.Cast<Hash256, Vector256<byte>>(hashes);
        for (var i = 0; i < vectors.Length; i++)
        {
            var different = vectors[i] ^ wanted;
            var bits = Avx2.Shuffle(counts, different & low) + Avx2.Shuffle(counts, (different.AsUInt16() >> 4).AsByte() & low);
            var sums = Avx2.SumAbsoluteDifferences(bits, Vector256<byte>.Zero).AsUInt64();
            if (Vector256.Sum(sums) <= (ulong)radius)
                found.Add(i);
        }
    }
}
