using System.Runtime.Intrinsics;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Normalised correlation of two 16×16 blocks.</summary>
internal static class BlockCorrelation
{
    private const int Side = BlockComparison.Block;

    /// <summary>−1–1; 0 when one of the two is flat.</summary>
    public static float Of(GreyPicture a, int ax, int ay, GreyPicture b, int bx, int by)
    {
        var (sumA, sumB, squaresA, squaresB, products) =
            (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        for (var row = 0; row < Side; row++)
        {
            var left = Vector256.WidenLower(Vector128.Create<byte>(a.Pixels.AsSpan(((ay + row) * a.Width) + ax, Side)).ToVector256Unsafe())
                .AsInt16();
            var right = Vector256.WidenLower(Vector128.Create<byte>(b.Pixels.AsSpan(((by + row) * b.Width) + bx, Side)).ToVector256Unsafe())
                .AsInt16();
            sumA += Pairs(left, Vector256<short>.One);
            sumB += Pairs(right, Vector256<short>.One);
            squaresA += Pairs(left, left);
            squaresB += Pairs(right, right);
            products += Pairs(left, right);
        }

        const double count = Side * Side;
        double a1 = Vector256.Sum(sumA), b1 = Vector256.Sum(sumB);
        var varianceA = Vector256.Sum(squaresA) - (a1 * a1 / count);
        var varianceB = Vector256.Sum(squaresB) - (b1 * b1 / count);
        if (varianceA < count || varianceB < count)
            return 0;
        return (float)((Vector256.Sum(products) - (a1 * b1 / count)) / Math.Sqrt(varianceA * varianceB));
    }

    private static Vector256<int> Pairs(Vector256<short> left, Vector256<short> right)
    {
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            return System.Runtime.Intrinsics.X86.Avx2.MultiplyAddAdjacent(left, right);
        var (leftLow, leftHigh) = Vector256.Widen(left);
        var (rightLow, rightHigh) = Vector256.Widen(right);
        return (leftLow * rightLow) + (leftHigh * rightHigh);
    }
}
