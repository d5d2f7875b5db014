using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Share of notes that are long enough to be meant (Dong et al. 2018, MuseGAN): fragments are a generator's slips.</summary>
public static class QualifiedNotes
{
    /// <summary>Two thirds of a sixteenth: a sixteenth that is struck again has no more.</summary>
    public const int Shortest = 2;

    /// <summary>0…1; 1 for silence.</summary>
    public static double Of(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var notes = roll.Notes();
        return notes.Count == 0 ? 1 : notes.Count(n => n.End - n.Start >= Shortest) / (double)notes.Count;
    }
}
