using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Share of bars in which nothing sounds.</summary>
public static class EmptyBars
{
    /// <summary>0…1.</summary>
    public static double Of(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var bars = roll.Steps / Roll.BarSteps;
        return Enumerable.Range(0, bars).Count(bar => roll.Part(bar * Roll.BarSteps, Roll.BarSteps).IsSilent) / (double)bars;
    }
}
