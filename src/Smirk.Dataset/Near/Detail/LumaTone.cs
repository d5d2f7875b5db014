namespace Smirk.Dataset.Near.Detail;

/// <summary>What one change of tone does to luminance: a straight line, fitted to the pixels that it explains best, and how a curve departs
/// from it.</summary>
internal sealed class LumaTone
{
    // Levels that share one correction of the curve, and the share of the pixels that makes such a correction worth believing.
    private const int Step = 16;
    private const double Seen = 0.01;

    // Where this share of the pixels is the same within Same levels, nobody changed the tone: what differs is content.
    private const double Unchanged = 0.6;
    private const int Same = 5;

    // Pixels that may be anything: a caption, glare, another face.
    private const double Kept = 0.8;

    private readonly double _gain;
    private readonly double _offset;
    private readonly double[] _curve;

    private LumaTone(double gain, double offset, double[] curve) => (_gain, _offset, _curve) = (gain, offset, curve);

    /// <summary>Whether nobody changed the tone.</summary>
    public bool IsUnchanged { get; private init; }

    /// <summary>Fits the line that takes <paramref name="a"/> to <paramref name="b"/>; 0 in either means that there is no pixel.</summary>
    public static LumaTone Fit(byte[] a, byte[] b)
    {
        // Counts of pairs of levels say all there is to know, whatever the pictures' size.
        var counts = new int[256 * 256];
        long all = 0, same = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] == 0 || b[i] == 0)
                continue;
            counts[(a[i] << 8) | b[i]]++;
            all++;
            same += Math.Abs(a[i] - b[i]) <= Same ? 1 : 0;
        }

        var line = new LumaTone(1, 0, new double[256 / Step]);
        if (same >= Unchanged * all)
            return new LumaTone(1, 0, line._curve) { IsUnchanged = true };
        var limit = double.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            line = Line(counts, line, limit);
            limit = MissOf(counts, line, (long)(Kept * all));
        }

        return line.Bent(counts, all);
    }

    /// <summary>The second picture's level for each of the first's; 0 stays 0.</summary>
    public byte[] Levels()
    {
        var levels = new byte[256];
        for (var i = 1; i < 256; i++)
            levels[i] = (byte)Math.Clamp(Math.Round(Apply(i)), 1, 255);
        return levels;
    }

    private double Apply(int level)
    {
        // Straight between the middles of the steps.
        var place = Math.Clamp((level - (Step / 2.0)) / Step, 0, _curve.Length - 1);
        var (low, high) = ((int)place, Math.Min((int)place + 1, _curve.Length - 1));
        return (_gain * level) + _offset + _curve[low] + ((place - low) * (_curve[high] - _curve[low]));
    }

    // What most pixels of a level miss the line by; what is rare has no say.
    private LumaTone Bent(int[] counts, long all)
    {
        var curve = new double[_curve.Length];
        for (var step = 0; step < curve.Length; step++)
        {
            var misses = new long[1024];
            long here = 0;
            for (var i = step * Step << 8; i < (step + 1) * Step << 8; i++)
            {
                if (counts[i] == 0)
                    continue;
                misses[Math.Clamp((int)Math.Round((i & 255) - ((_gain * (i >> 8)) + _offset)) + 512, 0, 1023)] += counts[i];
                here += counts[i];
            }

            if (here < Seen * all)
                continue;
            long sum = 0;
            for (var miss = 0; sum * 2 < here; miss++)
            {
                sum += misses[miss];
                curve[step] = miss - 512;
            }
        }

        return new LumaTone(_gain, _offset, curve);
    }

    private static LumaTone Line(int[] counts, LumaTone before, double limit)
    {
        double n = 0, sumA = 0, sumB = 0, squares = 0, products = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var (count, a, b) = (counts[i], i >> 8, i & 255);
            // What is driven into white or black says nothing about the line.
            if (count == 0 || b is <= 2 or >= 253 || Math.Abs((before._gain * a) + before._offset - b) > limit)
                continue;
            n += count;
            sumA += (double)count * a;
            sumB += (double)count * b;
            squares += (double)count * a * a;
            products += (double)count * a * b;
        }

        var variance = squares - (sumA * sumA / Math.Max(1, n));
        if (variance < n)
            return before;
        var gain = (products - (sumA * sumB / n)) / variance;
        return new LumaTone(gain, (sumB - (gain * sumA)) / n, before._curve);
    }

    // How far the line misses the best so many pixels at most.
    private static double MissOf(int[] counts, LumaTone line, long pixels)
    {
        var misses = new long[512];
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                misses[Math.Min(511, (int)Math.Abs(Math.Clamp((line._gain * (i >> 8)) + line._offset, 1, 255) - (i & 255)))] += counts[i];
        }

        long sum = 0;
        for (var miss = 0; miss < misses.Length; miss++)
        {
            sum += misses[miss];
            if (sum >= pixels)
                return miss + 1;
        }

        return misses.Length;
    }
}
