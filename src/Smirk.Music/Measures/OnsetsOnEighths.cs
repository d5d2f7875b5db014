using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Share of notes that begin on a straight eighth of the bar. Swung ones begin on a beat's last third instead.</summary>
public static class OnsetsOnEighths
{
    private const int Eighth = Roll.BarSteps / 8;

    /// <summary>0…1; 1 for silence.</summary>
    public static double Of(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var notes = roll.Notes();
        return notes.Count == 0 ? 1 : notes.Count(n => n.Start % Eighth == 0) / (double)notes.Count;
    }
}
