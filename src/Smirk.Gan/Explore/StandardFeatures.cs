using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Explore;

/// <summary>Scales every feature by its mean and deviation among training pictures, so that none counts more because its numbers are
/// larger.</summary>
internal sealed class StandardFeatures : IDisposable
{
    private readonly Tensor _mean;
    private readonly Tensor _deviation;

    /// <param name="training">Features of training pictures, float64 [N, F].</param>
    public StandardFeatures(Tensor training)
    {
        using var scope = TensorScope.Open();
        _mean = training.Mean([0], keep: true).Own();
        _deviation = (training.Variance([0], keep: true).Sqrt() + 1e-6).Own();
    }

    /// <summary>Scaled, [n, F].</summary>
    public Tensor Of(Tensor features) => (features - _mean.To(features.DType)) / _deviation.To(features.DType);

    /// <inheritdoc/>
    public void Dispose()
    {
        _mean.Dispose();
        _deviation.Dispose();
    }
}
