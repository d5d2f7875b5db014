using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>The metrics that are taken in one feature space.</summary>
/// <param name="Frechet">See <see cref="FrechetDistance"/>.</param>
/// <param name="Kernel">See <see cref="KernelDistance"/>.</param>
/// <param name="Precision">See <see cref="PrecisionRecall"/>.</param>
/// <param name="Recall">See <see cref="PrecisionRecall"/>.</param>
/// <param name="Density">See <see cref="DensityCoverage"/>.</param>
/// <param name="Coverage">See <see cref="DensityCoverage"/>.</param>
public sealed record SpaceScores(double Frechet, double Kernel, double Precision, double Recall, double Density, double Coverage)
{
    /// <summary>Neighbours that bound a neighbourhood, as usual in the literature on small sets.</summary>
    private const int K = 5;

    /// <summary>Measures <paramref name="fake"/> features against <paramref name="real"/> ones, float64 [N, F] each.</summary>
    /// <param name="real">Features of real pictures.</param>
    /// <param name="fake">Features of generated ones.</param>
    /// <param name="standardise">Scale every feature by its mean and deviation in <paramref name="real"/>; not for Inception's, whose
    /// numbers are compared with others' papers.</param>
    public static SpaceScores Of(Tensor real, Tensor fake, bool standardise)
    {
        using var scope = TensorScope.Open();
        if (standardise)
        {
            var mean = real.Mean([0], keep: true);
            var deviation = real.Variance([0], keep: true).Sqrt() + 1e-6;
            (real, fake) = ((real - mean) / deviation, (fake - mean) / deviation);
        }

        var neighbourhoods = new Neighbourhoods(real, fake, K);
        var (precision, recall) = PrecisionRecall.Of(neighbourhoods);
        var (density, coverage) = DensityCoverage.Of(neighbourhoods);
        return new SpaceScores(FrechetDistance.Of(real, fake), KernelDistance.Of(real, fake), precision, recall, density, coverage);
    }

    /// <summary>The scores under the names that log.jsonl and --json use, such as "frechet_random".</summary>
    public IEnumerable<KeyValuePair<string, double>> Named(string space) =>
    [
        new($"frechet_{space}", Frechet), new($"kernel_{space}", Kernel), new($"precision_{space}", Precision),
        new($"recall_{space}", Recall), new($"density_{space}", Density), new($"coverage_{space}", Coverage),
    ];
}
