namespace Smirk.Studio.Runs;

/// <summary>Makes curves of hours small enough to send and to draw: of each stretch the lowest and the highest point stay, so that no peak
/// is lost.</summary>
internal static class CurveThinning
{
    /// <summary>The curve of the values from row <paramref name="from"/> on.</summary>
    /// <param name="x">x of each row, rising.</param>
    /// <param name="y">y of each row; NaN where there is none.</param>
    /// <param name="from">The first row.</param>
    /// <param name="most">At most so many points, 2 or more.</param>
    public static CurveMessage Of(List<double> x, List<float> y, int from, int most)
    {
        var rows = new List<int>();
        for (var i = from; i < y.Count; i++)
        {
            if (!float.IsNaN(y[i]))
                rows.Add(i);
        }

        var kept = rows.Count <= most ? rows : Extremes(y, rows, most / 2);
        return new CurveMessage([.. kept.Select(i => x[i])], [.. kept.Select(i => Short(y[i]))]);
    }

    private static List<int> Extremes(List<float> y, List<int> rows, int buckets)
    {
        var kept = new List<int>(2 * buckets);
        for (var b = 0; b < buckets; b++)
        {
            var (begin, end) = ((int)((long)rows.Count * b / buckets), (int)((long)rows.Count * (b + 1) / buckets));
            var (low, high) = (rows[begin], rows[begin]);
            for (var i = begin; i < end; i++)
            {
                low = y[rows[i]] < y[low] ? rows[i] : low;
                high = y[rows[i]] > y[high] ? rows[i] : high;
            }

            kept.Add(Math.Min(low, high));
            if (low != high)
                kept.Add(Math.Max(low, high));
        }

        return kept;
    }

    // A float's digits, not those of the double that it becomes.
    private static double Short(float value) => (double)(decimal)Math.Clamp(value, -1e20f, 1e20f);
}
