using System.Collections.Concurrent;

namespace Smirk.Imaging.Resizing;

/// <summary>For each output position along one axis: which input positions count, and how much.</summary>
internal sealed class KernelWeights
{
    // A pile has few different sizes, and a kernel's sines cost as much as the resizing of a small picture.
    private const int MostKept = 256;
    private static readonly ConcurrentDictionary<(int Input, int Output, ResizeKernel Kernel), KernelWeights> Kept = new();

    private readonly float[] _weights;

    private KernelWeights(int[] first, int taps, float[] weights) => (First, Taps, _weights) = (first, taps, weights);

    /// <summary>The first input position of each output position.</summary>
    public int[] First { get; }

    /// <summary>The most input positions that any output position takes.</summary>
    public int Taps { get; }

    /// <summary>The weights of <paramref name="position"/>, which sum to 1; trailing zeros are cut off.</summary>
    public ReadOnlySpan<float> Of(int position) => _weights.AsSpan(position * Taps, Lengths[position]);

    private int[] Lengths { get; init; } = [];

    /// <summary>Weights for stretching <paramref name="input"/> positions to <paramref name="output"/>.</summary>
    public static KernelWeights For(int input, int output, ResizeKernel kernel)
    {
        if (Kept.TryGetValue((input, output, kernel), out var kept))
            return kept;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept[(input, output, kernel)] = Calculate(input, output, kernel);
    }

    private static KernelWeights Calculate(int input, int output, ResizeKernel kernel)
    {
        var scale = (double)input / output;
        var stretch = kernel == ResizeKernel.Nearest ? 1 : Math.Max(1, scale);
        var radius = Radius(kernel) * stretch;
        var taps = Math.Min(input, (int)Math.Ceiling(radius * 2) + 1);
        var (first, lengths, weights) = (new int[output], new int[output], new float[output * taps]);
        for (var position = 0; position < output; position++)
        {
            // Pixel centres lie at half positions.
            var centre = (position + 0.5) * scale;
            var from = kernel == ResizeKernel.Nearest ? Math.Min((int)centre, input - 1) : Math.Max(0, (int)(centre - radius + 0.5));
            var to = kernel == ResizeKernel.Nearest ? from + 1 : Math.Min(input, Math.Max(from + 1, (int)(centre + radius + 0.5)));
            (first[position], lengths[position]) = (from, Math.Min(taps, to - from));
            var row = weights.AsSpan(position * taps, lengths[position]);
            var sum = 0.0;
            for (var i = 0; i < row.Length; i++)
            {
                var weight = kernel == ResizeKernel.Nearest ? 1 : Value(kernel, (from + i + 0.5 - centre) / stretch);
                row[i] = (float)weight;
                sum += weight;
            }

            for (var i = 0; i < row.Length; i++)
                row[i] = (float)(row[i] / sum);
        }

        return new KernelWeights(first, taps, weights) { Lengths = lengths };
    }

    private static double Radius(ResizeKernel kernel) => kernel switch
    {
        ResizeKernel.Nearest or ResizeKernel.Box => 0.5,
        ResizeKernel.Linear => 1,
        ResizeKernel.Cubic => 2,
        _ => 3,
    };

    private static double Value(ResizeKernel kernel, double x)
    {
        x = Math.Abs(x);
        return kernel switch
        {
            ResizeKernel.Box => x <= 0.5 ? 1 : 0,
            ResizeKernel.Linear => x < 1 ? 1 - x : 0,
            ResizeKernel.Cubic => x < 1 ? ((1.5 * x - 2.5) * x * x) + 1 : x < 2 ? (((-0.5 * x + 2.5) * x - 4) * x) + 2 : 0,
            _ => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        };
    }

    private static double Sinc(double x) => x < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
