using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Does the generator copy its training pictures? Distances to the nearest training picture (mirrored ones included), of
/// generated pictures against those of held-out real ones.</summary>
/// <param name="MedianRatio">Median distance of generated pictures by that of held-out ones: about 1 is as new as a new real picture,
/// well below 1 is copying.</param>
/// <param name="DataCopying">C_T (Meehan et al. 2020, with one cell): the Mann–Whitney z score; below −3 generated pictures lie closer to
/// training than real ones do.</param>
/// <param name="ShareTooClose">Share of generated pictures nearer to training than the nearest 5 % of held-out ones; .05 is what chance
/// gives.</param>
/// <param name="TrainingBias">How much more often than chance a generated picture's nearest real one is a training picture, in standard
/// deviations. The others are small for plain, blurred pictures too, which lie near everything; this one only for copies.</param>
public sealed record Copying(double MedianRatio, double DataCopying, double ShareTooClose, double TrainingBias)
{
    /// <summary>A <see cref="TrainingBias"/> above this isn't chance.</summary>
    public const double BiasLimit = 4;

    // Distances are taken on 16×16 pixels: noise and texture, which every generator gets differently, average out; composition and
    // colours stay.
    private const int Edge = 16;

    // Pictures nearer to each other than this, of values from 0 to 1 and on average over pixels, are the same to the eye: no ratio to
    // less says anything.
    private const double Alike = 0.01;

    // So many training pictures are compared at a time: a pack of 100,000 needs no more memory than one of 4,000.
    private const int Block = 4096;
    private const int AtATime = 500;

    /// <summary>Compares.</summary>
    /// <param name="training">uint8 [N, C, S, S].</param>
    /// <param name="heldOut">uint8 [M, C, S, S], never trained on.</param>
    /// <param name="fake">uint8 [K, C, S, S].</param>
    /// <param name="real">The held-out pictures' <see cref="Distances"/>, where they are known already.</param>
    /// <param name="steps">Told of each block; null for nobody.</param>
    public static Copying Of(
        PictureRows training, PictureRows heldOut, PictureRows fake, double[]? real = null, StageSteps? steps = null)
    {
        real ??= Distances(training, heldOut, steps);
        var toTraining = Nearest(training, fake, steps);
        var generated = toTraining.Select(n => n.Distance).Order().ToArray();
        var close = real[(int)(real.Length * 0.05)];
        var least = Alike * Math.Sqrt(training.Channels * Edge * Edge);
        return new Copying(
            Median(generated) / Math.Max(least, Median(real)),
            MannWhitney(generated, real),
            (double)generated.Count(d => d < close) / generated.Length,
            Bias(training, heldOut, fake, toTraining, steps));
    }

    /// <summary>Distances of <paramref name="pictures"/> to their nearest training pictures, rising.</summary>
    public static double[] Distances(PictureRows training, PictureRows pictures, StageSteps? steps = null) =>
        [.. Nearest(training, pictures, steps).Select(n => n.Distance).Order()];

    /// <summary>For each of <paramref name="pictures"/> the place of the nearest training picture, whether it is nearest when mirrored,
    /// and the distance (root of the sum of squares, pixels 0…1).</summary>
    public static IReadOnlyList<(int Row, bool Mirrored, double Distance)> Nearest(
        PictureRows training, PictureRows pictures, StageSteps? steps = null) =>
        [.. Nearest(training, pictures, 1, steps).Select(few => few[0])];

    /// <summary>The same for the nearest <paramref name="count"/> training pictures, rising; fewer where there are no more.</summary>
    public static IReadOnlyList<IReadOnlyList<(int Row, bool Mirrored, double Distance)>> Nearest(
        PictureRows training, PictureRows pictures, int count, StageSteps? steps = null)
    {
        using var scope = TensorScope.Open();
        var wanted = Small(pictures, 0, pictures.Count); // [K, C, 16, 16]
        var nearest = new List<(int Row, bool Mirrored, double Distance)>[pictures.Count];
        for (var i = 0; i < nearest.Length; i++)
            nearest[i] = [];
        foreach (var (start, length) in training.Parts(Block))
        {
            using var block = TensorScope.Open();
            var known = Small(training, start, length);
            var candidates = Tensor.Cat([known.Reshape(length, -1), known.Flip(3).Reshape(length, -1)], 0); // [2N, C·16·16]

            // A picture and its mirrored self may both be among the nearest.
            var most = count == 1 ? 1 : (int)Math.Min(2 * count, candidates.Shape[0]);
            foreach (var (from, some) in pictures.Parts(AtATime))
            {
                steps?.Next("looking for the nearest training pictures", start, training.Count);
                using var inner = TensorScope.Open();
                var distance = Tensor.CDist(wanted.Narrow(0, from, some).Reshape(some, -1), candidates);
                var (distances, rows) = distance.TopK(most, 1, largest: false);
                foreach (var (i, (row, away)) in rows.ToArray<long>().Zip(distances.ToArray<float>()).Index())
                    Insert(nearest[from + i / most], start + (int)(row % length), row >= length, away, count);
            }
        }

        return nearest;
    }

    private static void Insert(
        List<(int Row, bool Mirrored, double Distance)> few, int row, bool mirrored, double distance, int most)
    {
        var place = few.FindIndex(known => distance < known.Distance);
        var same = few.FindIndex(known => known.Row == row);
        if ((same >= 0 && (place < 0 || place > same)) || (place < 0 && few.Count == most))
            return;
        if (same >= 0)
            few.RemoveAt(same);
        few.Insert(place < 0 ? few.Count : place, (row, mirrored, distance));
        if (few.Count > most)
            few.RemoveAt(most);
    }

    // A generated picture that is no copy falls nearest to a training picture with the probability N / (N + M).
    // Each real picture counts once, however many samples fall to it: those of a generator that always makes the same are not independent.
    private static double Bias(
        PictureRows training, PictureRows heldOut, PictureRows fake, IReadOnlyList<(int Row, bool Mirrored, double Distance)> toTraining,
        StageSteps? steps)
    {
        var toHeldOut = Nearest(heldOut, fake, steps);
        var hits = toTraining.Zip(toHeldOut).Select(pair => pair.First.Distance < pair.Second.Distance ? pair.First.Row : ~pair.Second.Row)
            .ToHashSet();
        var chance = (double)training.Count / (training.Count + heldOut.Count);
        return (hits.Count(row => row >= 0) - chance * hits.Count) / Math.Sqrt(hits.Count * chance * (1 - chance));
    }

    private static Tensor Small(PictureRows pictures, int start, int count)
    {
        using var scope = TensorScope.Open();
        var parts = new List<Tensor>();
        for (var from = start; from < start + count; from += pictures.AtATime)
        {
            using var inner = TensorScope.Open();
            var some = pictures.Take(from, Math.Min(pictures.AtATime, start + count - from)).To(DType.Float32);
            parts.Add(inner.Keep(some.AvgPool2d(pictures.Size / Edge) / 255));
        }

        return scope.Keep(Tensor.Cat(parts, 0)); // [N, C, 16, 16]
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
