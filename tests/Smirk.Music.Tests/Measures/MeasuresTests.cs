using Smirk.Music.Measures;
using Smirk.Music.Rolls;

namespace Smirk.Music.Tests.Measures;

/// <summary>Against cases that were worked out by hand.</summary>
public sealed class MeasuresTests
{
    // C for a quarter and E for a step on the first beat, G on the swung eighth after it, C again in the second bar, then silence.
    private static readonly Roll Small = Roll.Of([new(0, 12, 60), new(0, 1, 64), new(8, 12, 67), new(48, 60, 72)]);

    [Fact]
    public void Measures_are_as_computed_by_hand()
    {
        Assert.Equal(3 / 4.0, QualifiedNotes.Of(Small), 9);
        Assert.Equal((12 + 1 + 4 + 12) / 24.0, Polyphony.Of(Small), 9);
        Assert.Equal(1.5, PitchClassEntropy.Of(Small), 9); // C twice, E, G: ½·1 + ¼·2 + ¼·2
        Assert.Equal(1, ScaleConsistency.Of(Small), 9);
        Assert.Equal(2 / 4.0, EmptyBars.Of(Small), 9);
        Assert.Equal(3 / 4.0, OnsetsOnEighths.Of(Small), 9);

        // Bars 1 and 2 differ at step 8, bars 2 and 3 at step 0, bars 3 and 4 nowhere.
        Assert.Equal(1 - (2 / 144.0), GrooveConsistency.Of(Small), 9);
    }

    [Fact]
    public void A_chromatic_cluster_fits_no_scale() => Assert.Equal(
        7 / 12.0, ScaleConsistency.Of(Roll.Of(Enumerable.Range(60, 12).Select(pitch => new RollNote(0, 10, pitch)))), 9);

    [Fact]
    public void Silent_windows_are_counted_and_left_out_of_the_means()
    {
        var measures = RollMeasures.Of([Small, new Roll()]);
        Assert.Equal((2, 0.5, 2.0, 0.75), (measures.Windows, measures.Silent, measures.Notes, measures.EmptyBars));
        Assert.Equal(0.75, measures.Qualified, 9);
    }

    [Fact]
    public void A_transposed_copy_is_a_copy()
    {
        Assert.Equal(0.5, Copies.ShareOf([Small.Shifted(3)!, Roll.Of([new(1, 5, 60)])], [Small]));
        Assert.Equal(0, Copies.ShareOf([Small], [Roll.Of([new(0, 12, 60)])]));
    }

    [Fact]
    public void Baselines_share_the_corpus_averages()
    {
        Roll[] corpus = [Roll.Of([new(0, 96, 60)]), Roll.Of([new(0, 192, 60), new(0, 48, 50)])];
        var noise = RollMeasures.Of(Baselines.IndependentPixels(corpus, 200, new Random(1)));

        // A note begins where a step sounds and the one before doesn't: 1 + 95 · ¼ of the C, ½ + 47 · ¼ of the D.
        Assert.InRange(noise.Notes, 35.5, 38.5);
        Assert.All(
            Baselines.JoinedBars(corpus, 20, new Random(1)),
            roll => Assert.All(roll.Notes(), note => Assert.Contains(note.Pitch, new[] { 50, 60 })));
    }
}
