using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Does the generator copy its training pictures? Distances to the nearest training picture (mirrored ones included), of generated pictures against those of held-out real ones.</summary>
/// <param name="MedianRatio">Median distance of generated pictures by that of held-out ones: about 1 is as new as a new real picture, well below 1 is copying.</param>
/// <param name="DataCopying">C_T (Meehan et al. 2020, with one cell): the Mann–Whitney z score; below −3 generated pictures lie closer to training than real ones do.</param>
/// <param name="ShareTooClose">Share of generated pictures nearer to training than the nearest 5 % of held-out ones; .05 is what chance gives.</param>
/// <param name="TrainingBias">How much more often than chance a generated picture's nearest real one is a training picture, in standard deviations. The others are small for plain, blurred pictures too, which lie near everything; this one only for copies.</param>
public sealed record Copying(double MedianRatio, double DataCopying, double ShareTooClose, double TrainingBias)
{
    /// <summary>A <see cref="TrainingBias"/> above this isn't chance.</summary>
    public const double BiasLimit = 4;

    // Distances are taken on 16×16 pixels: noise and texture, which every generator gets differently, average out; composition and colours stay.
    private const int Edge = 16;

    // Pictures nearer to each other than this, of values from 0 to 1 and on average over pixels, are the same to the eye: no ratio to less says anything.
    private const double Alike = 0.01;

    /// <summary>Compares.</summary>
    /// <param name="training">uint8 [N, C, S, S].</param>
    /// <param name="heldOut">uint8 [M, C, S, S], never trained on.</param>
    /// <param name="fake">uint8 [K, C, S, S].</param>
    public static Copying Of(Tensor training, Tensor heldOut, Tensor fake)
    {
        var toTraining = Nearest(training, fake);
        var real = Nearest(training, heldOut).Select(n => n.Distance).Order().ToArray();
        var generated = toTraining.Select(n => n.Distance).Order().ToArray();
        var close = real[(int)(real.Length * 0.05)];
        return new Copying(Median(generated) / Math.Max(Alike * Math.Sqrt(training.Shape[1] * Edge * Edge), Median(real)), MannWhitney(generated, real), (double)generated.Count(d => d < close) / generated.Length, Bias(training, heldOut, fake, toTraining));
    }

    /// <summary>For each of <paramref name="pictures"/> the row of the nearest training picture, whether it is nearest when mirrored, and the distance (root of the sum of squares, pixels 0…1).</summary>
    public static IReadOnlyList<(int Row, bool Mirrored, double Distance)> Nearest(Tensor training, Tensor pictures)
    {
        using var scope = TensorScope.Open();
        var known = Small(training);
        var candidates = Tensor.Cat([known.Reshape(known.Shape[0], -1), known.Flip(3).Reshape(known.Shape[0], -1)], 0); // [2N, C·16·16]
        var wanted = Small(pictures);
        var count = (int)training.Shape[0];
        var result = new List<(int, bool, double)>();
        for (long from = 0; from < pictures.Shape[0]; from += 500)
        {
            using var inner = TensorScope.Open();
            var part = wanted.Narrow(0, from, Math.Min(500, pictures.Shape[0] - from));
            var (distances, rows) = Tensor.CDist(part.Reshape(part.Shape[0], -1), candidates).TopK(1, 1, largest: false);
            foreach (var (row, distance) in rows.ToArray<long>().Zip(distances.ToArray<float>()))
                result.Add(((int)(row % count), row >= count, distance));
        }

        return result;
    }

    // A generated picture that is no copy falls nearest to a training picture with the probability N / (N + M).
    // Each real picture counts once, however many samples fall to it: those of a generator that always makes the same are not independent.
    private static double Bias(Tensor training, Tensor heldOut, Tensor fake, IReadOnlyList<(int Row, bool Mirrored, double Distance)> toTraining)
    {
        var toHeldOut = Nearest(heldOut, fake);
        var hits = toTraining.Zip(toHeldOut).Select(pair => pair.First.Distance < pair.Second.Distance ? pair.First.Row : ~pair.Second.Row).ToHashSet();
        var chance = (double)training.Shape[0] / (training.Shape[0] + heldOut.Shape[0]);
        return (hits.Count(row => row >= 0) - chance * hits.Count) / Math.Sqrt(hits.Count * chance * (1 - chance));
    }

    private static Tensor Small(Tensor pictures)
    {
        using var scope = TensorScope.Open();
        var parts = new List<Tensor>();
        for (long from = 0; from < pictures.Shape[0]; from += 500)
            parts.Add(pictures.Narrow(0, from, Math.Min(500, pictures.Shape[0] - from)).To(DType.Float32).AvgPool2d((int)pictures.Shape[2] / Edge) / 255);
        return scope.Keep(Tensor.Cat([.. parts], 0)); // [N, C, 16, 16]
    }

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    // z score of U = how often a generated picture lies further from training than a held-out one; ties count half.
    private static double MannWhitney(double[] generated, double[] real)
    {
        double wins = 0;
        foreach (var distance in generated)
        {
            var below = LowerBound(real, distance);
            var equal = LowerBound(real, double.BitIncrement(distance)) - below;
            wins += below + equal / 2.0;
        }

        var (n, m) = ((double)generated.Length, (double)real.Length);
        return (wins - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    private static int LowerBound(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
