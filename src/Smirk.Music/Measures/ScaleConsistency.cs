using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>The largest share of notes that one of the 24 major and natural minor scales holds (Mogren 2016). A minor scale has its
/// relative major's notes, so twelve are tried.</summary>
public static class ScaleConsistency
{
    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];

    /// <summary>0…1; 1 for silence. Notes at random have .65 or so.</summary>
    public static double Of(Roll roll)
    {
        var counts = PitchClassEntropy.Histogram(roll);
        var all = counts.Sum();
        return all == 0 ? 1 : Enumerable.Range(0, 12).Max(key => Major.Sum(step => counts[(key + step) % 12])) / (double)all;
    }
}
