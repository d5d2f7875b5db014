namespace Smirk.Music.Measures;

/// <summary>Where a measure of generated music should lie. Noise and bars that don't belong together flatter most measures, so too high is
/// as wrong as too low.</summary>
/// <param name="Low">Least.</param>
/// <param name="High">Most.</param>
public readonly record struct Band(double Low, double High)
{
    // The same numbers for every corpus, so that runs can be compared.
    private const double LeastQualified = 0.9;
    private const double NotesApart = 0.25;
    private const double PolyphonyApart = 0.15;
    private const double EntropyApart = 0.25;
    private const double ScaleApart = 0.03;
    private const double MoreSilent = 0.01;

    /// <summary>Notes of at least two steps: nine in ten or more.</summary>
    public static Band Qualified => new(LeastQualified, 1);

    /// <summary>Notes a window: within a quarter of the corpus.</summary>
    public static Band Notes(RollMeasures corpus) => Around(Checked(corpus).Notes, NotesApart * corpus.Notes);

    /// <summary>Pitches at once: within 15 % of the corpus.</summary>
    public static Band Polyphony(RollMeasures corpus) => Around(Checked(corpus).Polyphony, PolyphonyApart * corpus.Polyphony);

    /// <summary>Pitch class entropy: within a quarter of a bit of the corpus.</summary>
    public static Band PitchClassEntropy(RollMeasures corpus) => Around(Checked(corpus).PitchClassEntropy, EntropyApart);

    /// <summary>Scale consistency: within .03 of the corpus, and above bars of different windows joined, which are no music.</summary>
    public static Band ScaleConsistency(RollMeasures corpus, RollMeasures joined) => new(
        Math.Max(Checked(corpus).ScaleConsistency - ScaleApart, Checked(joined).ScaleConsistency), corpus.ScaleConsistency + ScaleApart);

    /// <summary>Silent windows: at most one in a hundred more than in the corpus.</summary>
    public static Band Silent(RollMeasures corpus) => new(0, Checked(corpus).Silent + MoreSilent);

    /// <summary>Whether a value lies in it: "in", "low" or "high".</summary>
    public string Of(double value) => value < Low ? "low" : value > High ? "high" : "in";

    private static Band Around(double value, double apart) => new(value - apart, value + apart);

    private static RollMeasures Checked(RollMeasures measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        return measures;
    }
}
