using System.Numerics;
using System.Runtime.InteropServices;

namespace Smirk.Dataset.Near.Detail;

/// <summary>Rows of pixels, a vector at a time.</summary>
internal static class Rows
{
    /// <summary>Makes each of <paramref name="into"/> the lesser of itself and its counterpart.</summary>
    public static void Min(Span<byte> into, ReadOnlySpan<byte> other)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(into);
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(other[..into.Length]);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.Min(vectors[i], others[i]);
        for (var i = vectors.Length * Vector<byte>.Count; i < into.Length; i++)
            into[i] = Math.Min(into[i], other[i]);
    }

    /// <summary>Makes each of <paramref name="into"/> the greater of itself and its counterpart.</summary>
    public static void Max(Span<byte> into, ReadOnlySpan<byte> other)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(into);
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(other[..into.Length]);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.Max(vectors[i], others[i]);
        for (var i = vectors.Length * Vector<byte>.Count; i < into.Length; i++)
            into[i] = Math.Max(into[i], other[i]);
    }

    /// <summary>The sum of the differences between two rows, at most as long as a block.</summary>
    public static int Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var sum = 0;
        var vectorsA = MemoryMarshal.Cast<byte, Vector<byte>>(a);
        var vectorsB = MemoryMarshal.Cast<byte, Vector<byte>>(b[..a.Length]);
        for (var i = 0; i < vectorsA.Length; i++)
        {
            Vector.Widen(Vector.Max(vectorsA[i], vectorsB[i]) - Vector.Min(vectorsA[i], vectorsB[i]), out var low, out var high);
            sum += Vector.Sum(low + high);
        }

        for (var i = vectorsA.Length * Vector<byte>.Count; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum;
    }
}
