namespace Smirk.Gan.Train.Recipes;

/// <summary>What one step tells, or the mean of several.</summary>
/// <param name="Discriminator">D's loss.</param>
/// <param name="Generator">G's loss.</param>
/// <param name="Real">D's mean output on real pictures (logit).</param>
/// <param name="Fake">D's mean output on generated ones (logit).</param>
public readonly record struct StepLosses(double Discriminator, double Generator, double Real, double Fake)
{
    /// <summary>Spread of generated pictures within classes by that of real ones, about 1 for a generator that is as varied; NaN where real pictures are all the same.</summary>
    public double Diversity { get; init; } = double.NaN;

    /// <summary>Whether all four are numbers.</summary>
    public bool IsFinite => double.IsFinite(Discriminator) && double.IsFinite(Generator) && double.IsFinite(Real) && double.IsFinite(Fake);

    /// <summary>For the progress line.</summary>
    public override string ToString() => $"D {Discriminator:0.00} G {Generator:0.00} real {Real:0.00} fake {Fake:0.00}";
}
