namespace Smirk.Gan.Evaluate;

/// <summary>What measuring gave.</summary>
/// <param name="Real">Number of real pictures.</param>
/// <param name="Fake">Number of generated pictures.</param>
/// <param name="Training">Number of training pictures that copies were looked for in; 0 when that isn't known.</param>
/// <param name="Metrics">Metric → value; see docs/recipes.md for what each says.</param>
public sealed record EvaluateResult(int Real, int Fake, int Training, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Which class was asked for, and which samples show, as a classifier sees it; null for generators without classes.</summary>
    public Confusion? Confusion { get; init; }

    /// <summary>The same of unseen real pictures: the classifier's own mistakes.</summary>
    public Confusion? ConfusionReal { get; init; }
}
