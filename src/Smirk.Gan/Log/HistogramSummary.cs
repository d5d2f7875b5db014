namespace Smirk.Gan.Log;

/// <summary>A histogram as TensorBoard stores it.</summary>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Count">Number of values.</param>
/// <param name="Sum">Sum of the values.</param>
/// <param name="SumOfSquares">Sum of their squares.</param>
/// <param name="BucketLimits">Upper end of each bucket, rising.</param>
/// <param name="Buckets">Values in each bucket.</param>
internal sealed record HistogramSummary(
    double Minimum, double Maximum, double Count, double Sum, double SumOfSquares, double[] BucketLimits, double[] Buckets)
{
    // TensorBoard draws 30 buckets; more would be thrown away there.
    private const int BucketCount = 30;

    /// <summary>Sums up <paramref name="values"/>; values that aren't finite are left out.</summary>
    public static HistogramSummary Of(ReadOnlySpan<float> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity, sum = 0, squares = 0;
        long count = 0;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            sum += value;
            squares += (double)value * value;
            count++;
        }

        if (count == 0)
            return new HistogramSummary(0, 0, 0, 0, 0, [0], [0]);
        var width = high > low ? (high - low) / BucketCount : 1;
        var buckets = new double[BucketCount];
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                buckets[Math.Min(BucketCount - 1, (int)((value - low) / width))]++;
        }

        var limits = new double[BucketCount];
        for (var i = 0; i < BucketCount; i++)
            limits[i] = low + (i + 1) * width;
        return new HistogramSummary(low, high, count, sum, squares, limits, buckets);
    }
}
