using System.Numerics;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Pairs the keypoints of two pictures: mutual nearest neighbours by Hamming distance, then only those that agree on one turn and
/// one scale.</summary>
internal static class FeatureMatcher
{
    /// <summary>Descriptors farther apart than this are of different places; random ones differ in about 128 bits.</summary>
    private const int FarthestDistance = 72;

    private const int TurnBins = 24;
    private const int ScaleBins = 16;

    /// <summary>Points that belong together: x, y in <paramref name="a"/> and in <paramref name="b"/>, a pair each.</summary>
    public static (float[] From, float[] To) Match(LocalFeatures a, LocalFeatures b)
    {
        var pairs = MutualNearest(a, b);
        Agreeing(a, b, pairs);
        var (from, to) = (new float[2 * pairs.Count], new float[2 * pairs.Count]);
        for (var i = 0; i < pairs.Count; i++)
        {
            (from[2 * i], from[(2 * i) + 1]) = a.Position(pairs[i].A);
            (to[2 * i], to[(2 * i) + 1]) = b.Position(pairs[i].B);
        }

        return (from, to);
    }

    private static List<(int A, int B)> MutualNearest(LocalFeatures a, LocalFeatures b)
    {
        var (nearestOfA, nearestOfB) = (new int[a.Count], new int[b.Count]);
        var (distanceOfA, distanceOfB) = (new int[a.Count], new int[b.Count]);
        Array.Fill(distanceOfA, int.MaxValue);
        Array.Fill(distanceOfB, int.MaxValue);
        var (left, right) = (a.Descriptors, b.Descriptors);
        for (var i = 0; i < a.Count; i++)
        {
            var (w0, w1, w2, w3) = (left[4 * i], left[(4 * i) + 1], left[(4 * i) + 2], left[(4 * i) + 3]);
            var (best, bestAt) = (int.MaxValue, 0);
            for (var j = 0; j < distanceOfB.Length; j++)
            {
                var word = right.AsSpan(4 * j, 4);
                var distance = BitOperations.PopCount(w0 ^ word[0]) + BitOperations.PopCount(w1 ^ word[1]) + BitOperations.PopCount(
                    w2 ^ word[2]) + BitOperations.PopCount(w3 ^ word[3]);
                if (distance < best)
                    (best, bestAt) = (distance, j);
                if (distance < distanceOfB[j])
                    (distanceOfB[j], nearestOfB[j]) = (distance, i);
            }

            (distanceOfA[i], nearestOfA[i]) = (best, bestAt);
        }

        var pairs = new List<(int, int)>();
        for (var i = 0; i < a.Count; i++)
        {
            if (distanceOfA[i] <= FarthestDistance && nearestOfB[nearestOfA[i]] == i)
                pairs.Add((i, nearestOfA[i]));
        }

        return pairs;
    }

    // Each pair of keypoints says by itself how far the picture was turned and scaled. Right pairs say the same, wrong ones scatter.
    // The ratio test would do worse here: one corner is found on neighbouring pyramid levels, and its twin would count against it.
    private static void Agreeing(LocalFeatures a, LocalFeatures b, List<(int A, int B)> pairs)
    {
        if (pairs.Count == 0)
            return;
        Span<int> votes = stackalloc int[TurnBins * ScaleBins];
        foreach (var (i, j) in pairs)
            votes[(Turn(i, j) * ScaleBins) + Scale(i, j)]++;

        var (best, bestTurn, bestScale) = (-1, 0, 0);
        for (var turn = 0; turn < TurnBins; turn++)
        {
            for (var scale = 0; scale < ScaleBins; scale++)
            {
                var sum = 0;
                for (var t = -1; t <= 1; t++)
                {
                    for (var s = Math.Max(0, scale - 1); s <= Math.Min(ScaleBins - 1, scale + 1); s++)
                        sum += votes[((turn + t + TurnBins) % TurnBins * ScaleBins) + s];
                }

                if (sum > best)
                    (best, bestTurn, bestScale) = (sum, turn, scale);
            }
        }

        pairs.RemoveAll(p => Math.Abs(Scale(p.A, p.B) - bestScale) > 1 || TurnGap(Turn(p.A, p.B), bestTurn) > 1);

        int Turn(int i, int j) => (int)((b.Angle(j) - a.Angle(i) + 720f) % 360f * TurnBins / 360f) % TurnBins;
        int Scale(int i, int j) => Math.Clamp((int)Math.Floor((MathF.Log2(b.Size(j) / a.Size(i)) * 2) + (ScaleBins / 2)), 0, ScaleBins - 1);
        static int TurnGap(int x, int y) => Math.Min((x - y + TurnBins) % TurnBins, (y - x + TurnBins) % TurnBins);
    }
}
