using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Entropy of how often each of the twelve pitch classes is struck (Wu and Yang 2020).</summary>
public static class PitchClassEntropy
{
    private const int Classes = 12;

    /// <summary>Bits, 0 (one class) to 3.58 (all alike).</summary>
    public static double Of(Roll roll)
    {
        var counts = Histogram(roll);
        double all = counts.Sum();
        return counts.Where(count => count > 0).Sum(count => -(count / all) * Math.Log2(count / all));
    }

    /// <summary>How many notes there are of each pitch class, C first.</summary>
    internal static int[] Histogram(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var counts = new int[Classes];
        foreach (var note in roll.Notes())
            counts[note.Pitch % Classes]++;
        return counts;
    }
}
