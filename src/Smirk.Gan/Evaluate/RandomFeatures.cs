using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Features from convolutions with fixed random weights: no training, no download, the same everywhere. Coarse statistics of
/// colour, edges and their layout.</summary>
public class RandomFeatures : FeatureSpace
{
    private static readonly int[] Widths = [32, 64, 128];

    // The outputs are averaged over 2×2 quarters where the picture is still large enough to have some, so that layout counts.
    private static readonly int[] Quarters = [2, 2, 1];

    private readonly Tensor[] _weights;

    /// <summary>Makes the weights for pictures with <paramref name="channels"/> channels.</summary>
    public RandomFeatures(int channels)
    {
        var random = new Random(7);
        _weights = new Tensor[Widths.Length];
        for (var i = 0; i < Widths.Length; i++)
        {
            var inputs = i == 0 ? channels : Widths[i - 1];
            var values = new float[Widths[i] * inputs * 9];
            Gaussian.Fill(values, random);
            using var plain = Tensor.FromArray(values, Widths[i], inputs, 3, 3);
            _weights[i] = plain * Math.Sqrt(2.0 / (9 * inputs));
        }
    }

    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    protected override Tensor Describe(Tensor pictures)
    {
        var layers = new List<Tensor>();
        var x = pictures; // [n, C, 64, 64]
        for (var i = 0; i < Widths.Length; i++)
        {
            x = x.Conv2d(_weights[i], stride: 2, padding: 1).LeakyRelu(0.2); // [n, width, size/2, size/2]
            layers.Add(x.AvgPool2d((int)x.Shape[2] / Quarters[i]).Reshape(x.Shape[0], -1));
        }

        return Tensor.Cat([.. layers], 1); // [n, 32·4 + 64·4 + 128]
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var weight in _weights)
            weight.Dispose();
    }
}
