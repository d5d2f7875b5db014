using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>How many pitches sound at once, on average over the steps at which any does.</summary>
public static class Polyphony
{
    /// <summary>At least 1; 0 for silence.</summary>
    public static double Of(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var sounding = new int[roll.Steps];
        foreach (var note in roll.Notes())
        {
            for (var step = note.Start; step < note.End; step++)
                sounding[step]++;
        }

        var steps = sounding.Count(count => count > 0);
        return steps == 0 ? 0 : sounding.Sum() / (double)steps;
    }
}
