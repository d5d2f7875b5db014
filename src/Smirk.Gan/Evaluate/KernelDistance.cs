using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Squared maximum mean discrepancy with the kernel (x·y/F + 1)³, unbiased (Bińkowski et al. 2018, "KID" when the features are Inception's). About 0 for equal sets, below 0 by chance; smaller is better.</summary>
public static class KernelDistance
{
    /// <summary>The distance over all pairs.</summary>
    /// <param name="real">float64 [N, F], N ≥ 2.</param>
    /// <param name="fake">float64 [M, F], M ≥ 2.</param>
    public static double Of(Tensor real, Tensor fake)
    {
        using var scope = TensorScope.Open();
        return WithinMean(real) + WithinMean(fake) - 2 * Kernel(real, fake).Mean().ToDouble();
    }

    // Pairs of a picture with itself would make equal sets look close by construction.
    private static double WithinMean(Tensor features)
    {
        var kernel = Kernel(features, features);
        var count = (double)features.Shape[0];
        return (kernel.Sum().ToDouble() - Matrices.Diagonal(kernel).Sum().ToDouble()) / (count * (count - 1));
    }

    private static Tensor Kernel(Tensor a, Tensor b) => (a.MatMul(b.Transpose(0, 1)) / a.Shape[1] + 1).Pow(3);
}
