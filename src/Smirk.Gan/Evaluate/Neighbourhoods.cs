using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Distances between real and generated features, and how far each reaches to its k-th neighbour among its own kind: what
/// precision, recall, density and coverage are counted from.</summary>
internal sealed class Neighbourhoods
{
    private const int AtATime = 2000;

    /// <summary>Measures <paramref name="real"/> float64 [N, F] against <paramref name="fake"/> float64 [M, F].</summary>
    /// <param name="real">Features of real pictures.</param>
    /// <param name="fake">Features of generated ones.</param>
    /// <param name="k">Which neighbour bounds a neighbourhood.</param>
    public Neighbourhoods(Tensor real, Tensor fake, int k)
    {
        using var scope = TensorScope.Open();
        K = Math.Min(k, (int)Math.Min(real.Shape[0], fake.Shape[0]) - 1);
        RealCount = (int)real.Shape[0];
        FakeCount = (int)fake.Shape[0];
        Between = Tensor.CDist(real, fake).ToArray<double>();
        RealRadius = Radius(real);
        FakeRadius = Radius(fake);
    }

    /// <summary>The neighbour that is used: fewer than asked for when there are not enough pictures.</summary>
    public int K { get; }

    /// <summary>Number of real pictures.</summary>
    public int RealCount { get; }

    /// <summary>Number of generated pictures.</summary>
    public int FakeCount { get; }

    /// <summary>Distance of real i and fake j at i · <see cref="FakeCount"/> + j.</summary>
    public double[] Between { get; }

    /// <summary>Distance of each real picture to its k-th real neighbour.</summary>
    public double[] RealRadius { get; }

    /// <summary>Distance of each generated picture to its k-th generated neighbour.</summary>
    public double[] FakeRadius { get; }

    // The nearest of all is the picture itself, so the k-th neighbour is the (k+1)-th smallest. A few rows at a time: all pairs of 10,000
    // pictures would take 800 MB.
    private double[] Radius(Tensor features)
    {
        var radius = new List<double>();
        for (long from = 0; from < features.Shape[0]; from += AtATime)
        {
            using var scope = TensorScope.Open();
            var some = features.Narrow(0, from, Math.Min(AtATime, features.Shape[0] - from));
            radius.AddRange(Tensor.CDist(some, features).KthSmallest(K + 1, 1).Values.ToArray<double>());
        }

        return [.. radius];
    }
}
