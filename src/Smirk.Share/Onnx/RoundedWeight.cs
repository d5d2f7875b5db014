using Smirk.Gan.Graphs;

namespace Smirk.Share.Onnx;

/// <summary>Learned numbers as bytes: value ≈ byte · scale of its output.</summary>
/// <param name="Values">−<see cref="Largest"/>…<see cref="Largest"/>, in row order.</param>
/// <param name="Scales">One an output.</param>
internal sealed record RoundedWeight(sbyte[] Values, float[] Scales)
{
    /// <summary>The largest byte. 127 would make files a twentieth larger for a difference that can't be seen: pictures of 64 pixels were
    /// off by 0.25 of 255 with it, and are by 0.34.</summary>
    public const int Largest = 100;

    // Shares of the largest number that are tried as the largest that a byte stands for: cutting off a few far ones serves the rest.
    private static readonly float[] Reaches = [1, 0.95f, 0.9f, 0.85f, 0.8f, 0.7f];

    /// <summary>The bytes and scales with the smallest mean square error.</summary>
    public static RoundedWeight Of(GraphWeight weight)
    {
        var outputs = (int)weight.Shape[weight.Axis];
        var places = (int)weight.Shape.Skip(weight.Axis + 1).Aggregate(1L, (a, b) => a * b);
        var (most, scales) = (new float[outputs], new float[outputs]);
        for (var i = 0; i < weight.Values.Length; i++)
            most[OutputOf(i)] = Math.Max(most[OutputOf(i)], Math.Abs(weight.Values[i]));
        var best = new double[outputs];
        Array.Fill(best, double.MaxValue);
        foreach (var reach in Reaches)
        {
            var errors = new double[outputs];
            for (var i = 0; i < weight.Values.Length; i++)
            {
                var scale = ScaleOf(most[OutputOf(i)] * reach);
                var error = weight.Values[i] - Round(weight.Values[i], scale) * scale;
                errors[OutputOf(i)] += error * error;
            }

            for (var output = 0; output < outputs; output++)
            {
                if (errors[output] < best[output])
                    (best[output], scales[output]) = (errors[output], ScaleOf(most[output] * reach));
            }
        }

        var values = new sbyte[weight.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Round(weight.Values[i], scales[OutputOf(i)]);
        return new RoundedWeight(values, scales);

        int OutputOf(int index) => index / places % outputs;
    }

    private static float ScaleOf(float most) => most > 0 ? most / Largest : 1;

    private static sbyte Round(float value, float scale) => (sbyte)Math.Clamp(MathF.Round(value / scale), -Largest, Largest);
}
