using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Mean measures of a pile of rolls. Most of them are flattered by noise or by bars that don't belong together, so they say
/// something only beside the corpus', and too high is as wrong as too low.</summary>
/// <param name="Windows">How many rolls.</param>
/// <param name="Qualified">Share of notes of at least <see cref="QualifiedNotes.Shortest"/> steps, 0…1.</param>
/// <param name="Notes">Notes a window.</param>
/// <param name="Polyphony">Pitches at once where any sounds.</param>
/// <param name="PitchClassEntropy">Bits, 0…3.58.</param>
/// <param name="ScaleConsistency">Share of notes in the best of all major and minor scales, 0…1.</param>
/// <param name="Groove">How alike the rhythms of neighbouring bars are, 0…1.</param>
/// <param name="EmptyBars">Share of bars without a sound, 0…1.</param>
/// <param name="OnEighths">Share of onsets on straight eighths, 0…1.</param>
/// <param name="Silent">Share of windows without a sound, 0…1.</param>
public sealed record RollMeasures(
    int Windows, double Qualified, double Notes, double Polyphony, double PitchClassEntropy, double ScaleConsistency, double Groove,
    double EmptyBars, double OnEighths, double Silent)
{
    /// <summary>Measures windows; silent ones count in <see cref="Silent"/>, <see cref="Notes"/> and <see cref="EmptyBars"/>
    /// alone.</summary>
    /// <param name="rolls">At least one.</param>
    public static RollMeasures Of(IReadOnlyList<Roll> rolls)
    {
        ArgumentNullException.ThrowIfNull(rolls);
        var sounding = rolls.Where(roll => !roll.IsSilent).ToList();
        return new RollMeasures(
            rolls.Count,
            Mean(QualifiedNotes.Of),
            rolls.Average(roll => (double)roll.Notes().Count),
            Mean(Measures.Polyphony.Of),
            Mean(Measures.PitchClassEntropy.Of),
            Mean(Measures.ScaleConsistency.Of),
            Mean(GrooveConsistency.Of),
            rolls.Average(Measures.EmptyBars.Of),
            Mean(OnsetsOnEighths.Of),
            1 - (sounding.Count / (double)rolls.Count));

        double Mean(Func<Roll, double> measure) => sounding.Count == 0 ? 0 : sounding.Average(measure);
    }
}
