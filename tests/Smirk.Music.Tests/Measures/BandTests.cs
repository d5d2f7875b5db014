using Smirk.Music.Measures;

namespace Smirk.Music.Tests.Measures;

public sealed class BandTests
{
    private static readonly RollMeasures Corpus = new(
        Windows: 10, Qualified: 1, Notes: 40, Polyphony: 4, PitchClassEntropy: 2.5, ScaleConsistency: 0.98, Groove: 0.9, EmptyBars: 0.01,
        OnEighths: 0.8, Silent: 0.005);

    private static readonly RollMeasures Joined = Corpus with { ScaleConsistency = 0.93 };

    [Fact]
    public void Bands_lie_around_the_corpus_on_both_sides()
    {
        Same(0.9, 1, Band.Qualified);
        Same(30, 50, Band.Notes(Corpus));
        Same(3.4, 4.6, Band.Polyphony(Corpus));
        Same(2.25, 2.75, Band.PitchClassEntropy(Corpus));
        Same(0.95, 1.01, Band.ScaleConsistency(Corpus, Joined));
        Same(0, 0.015, Band.Silent(Corpus));
    }

    [Fact]
    public void Scales_no_better_than_bars_of_different_windows_are_too_low()
    {
        var band = Band.ScaleConsistency(Corpus, Joined with { ScaleConsistency = 0.97 });
        Assert.Equal(("low", "in", "high"), (band.Of(0.96), band.Of(0.98), band.Of(1.02)));
    }

    private static void Same(double low, double high, Band band)
    {
        Assert.Equal(low, band.Low, 9);
        Assert.Equal(high, band.High, 9);
        Assert.Equal(("low", "in", "high"), (band.Of(low - 1e-6), band.Of((low + high) / 2), band.Of(high + 1e-6)));
    }
}
