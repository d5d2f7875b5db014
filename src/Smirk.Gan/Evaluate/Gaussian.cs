namespace Smirk.Gan.Evaluate;

/// <summary>Normal random numbers that are the same on every machine and with every libtorch: what fixed features and projections are made
/// of.</summary>
internal static class Gaussian
{
    /// <summary>Fills <paramref name="values"/> with N(0, 1) (Box and Muller 1958).</summary>
    public static void Fill(Span<float> values, Random random)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cosine);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * sine);
        }
    }
}
