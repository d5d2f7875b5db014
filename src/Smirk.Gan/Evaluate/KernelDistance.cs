using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Squared maximum mean discrepancy with the kernel (x·y/F + 1)³, unbiased (Bińkowski et al. 2018, "KID" when the features are
/// Inception's). About 0 for equal sets, below 0 by chance; smaller is better.</summary>
public static class KernelDistance
{
    // All pairs of 10,000 pictures would take 800 MB.
    private const int AtATime = 2000;

    /// <summary>The distance over all pairs.</summary>
    /// <param name="real">float64 [N, F], N ≥ 2.</param>
    /// <param name="fake">float64 [M, F], M ≥ 2.</param>
    public static double Of(Tensor real, Tensor fake)
    {
        using var scope = TensorScope.Open();
        return WithinMean(real) + WithinMean(fake) - 2 * Sum(real, fake) / ((double)real.Shape[0] * fake.Shape[0]);
    }

    // Pairs of a picture with itself would make equal sets look close by construction.
    private static double WithinMean(Tensor features)
    {
        var count = (double)features.Shape[0];
        var self = ((features * features).Sum([1]) / features.Shape[1] + 1).Pow(3).Sum().ToDouble();
        return (Sum(features, features) - self) / (count * (count - 1));
    }

    private static double Sum(Tensor a, Tensor b)
    {
        var sum = 0.0;
        for (long from = 0; from < a.Shape[0]; from += AtATime)
        {
            using var scope = TensorScope.Open();
            var some = a.Narrow(0, from, Math.Min(AtATime, a.Shape[0] - from));
            sum += (some.MatMul(b.Transpose(0, 1)) / a.Shape[1] + 1).Pow(3).Sum().ToDouble();
        }

        return sum;
    }
}
