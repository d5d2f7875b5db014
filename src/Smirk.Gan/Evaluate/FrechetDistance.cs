using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Distance of two sets of features taken as normal distributions: |μ₁−μ₂|² + tr(Σ₁+Σ₂−2(Σ₁Σ₂)^½) (Heusel et al. 2017, "FID" when
/// the features are Inception's). 0 is equal; smaller is better.</summary>
public static class FrechetDistance
{
    /// <summary>The distance.</summary>
    /// <param name="real">float64 [N, F], N ≥ 2.</param>
    /// <param name="fake">float64 [M, F], M ≥ 2.</param>
    public static double Of(Tensor real, Tensor fake)
    {
        using var scope = TensorScope.Open();
        var (realMean, realCovariance) = Moments(real);
        var (fakeMean, fakeCovariance) = Moments(fake);

        // tr((Σ₁Σ₂)^½) = tr((Σ₁^½ Σ₂ Σ₁^½)^½), whose inside is symmetric: its eigenvalues are real and come from a stable routine.
        var root = SquareRoot(realCovariance);
        var (eigenvalues, _) = root.MatMul(fakeCovariance).MatMul(root).Eigh();
        var shared = eigenvalues.Clamp(0, double.MaxValue).Sqrt().Sum().ToDouble();
        var distance = (realMean - fakeMean).Square().Sum().ToDouble() + Trace(realCovariance) + Trace(fakeCovariance) - 2 * shared;
        return Math.Max(0, distance);
    }

    private static (Tensor Mean, Tensor Covariance) Moments(Tensor features)
    {
        var mean = features.Mean([0], keep: true); // [1, F]
        var centred = features - mean;
        return (mean, centred.Transpose(0, 1).MatMul(centred) / (features.Shape[0] - 1.0)); // [F, F]
    }

    private static Tensor SquareRoot(Tensor covariance)
    {
        var (values, vectors) = covariance.Eigh();
        return (vectors * values.Clamp(0, double.MaxValue).Sqrt()).MatMul(vectors.Transpose(0, 1));
    }

    private static double Trace(Tensor matrix) => Matrices.Diagonal(matrix).Sum().ToDouble();
}
