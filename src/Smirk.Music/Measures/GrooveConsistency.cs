using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>How alike the onsets of neighbouring bars lie (Wu and Yang 2020): one less the share of a bar's steps at which only one of the
/// two has an onset.</summary>
public static class GrooveConsistency
{
    /// <summary>0…1; 1 for silence or a single bar.</summary>
    public static double Of(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var onsets = new bool[roll.Steps];
        foreach (var note in roll.Notes())
            onsets[note.Start] = true;
        var bars = roll.Steps / Roll.BarSteps;
        if (bars < 2)
            return 1;
        var different = Enumerable.Range(0, (bars - 1) * Roll.BarSteps).Count(step => onsets[step] != onsets[step + Roll.BarSteps]);
        return 1 - (different / (double)((bars - 1) * Roll.BarSteps));
    }
}
