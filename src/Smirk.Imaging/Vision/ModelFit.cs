namespace Smirk.Imaging.Vision;

/// <summary>Robust fits of a map between two pictures to pairs of points of which many may be wrong.</summary>
public static unsafe class ModelFit
{
    /// <summary>The homography that most pairs agree with (MAGSAC++), or null when none does.</summary>
    /// <param name="from">x, y a pair, in the first picture.</param>
    /// <param name="to">x, y a pair, in the second picture.</param>
    /// <param name="tolerance">How far off a pair may be, in pixels of the second picture.</param>
    public static Fit? Homography(float[] from, float[] to, double tolerance)
    {
        VisionNative.Ensure();
        var count = from.Length / 2;
        var inliers = new byte[count];
        var matrix = stackalloc double[9];
        int found;
        fixed (float* a = from, b = to)
        fixed (byte* mask = inliers)
            VisionNative.Check(NativeMethods.FitHomography(a, b, count, tolerance, matrix, mask, out found));
        return found == 0 ? null : new Fit(Vision.Homography.From(new ReadOnlySpan<double>(matrix, 9)), inliers);
    }

    /// <summary>The turn, scale and shift that most pairs agree with (RANSAC), or null when none does.</summary>
    /// <inheritdoc cref="Homography"/>
    public static Fit? Similarity(float[] from, float[] to, double tolerance)
    {
        VisionNative.Ensure();
        var count = from.Length / 2;
        var inliers = new byte[count];
        var m = stackalloc double[6];
        int found;
        fixed (float* a = from, b = to)
        fixed (byte* mask = inliers)
            VisionNative.Check(NativeMethods.FitSimilarity(a, b, count, tolerance, m, mask, out found));
        return found == 0 ? null : new Fit(new Homography(m[0], m[1], m[2], m[3], m[4], m[5], 0, 0, 1), inliers);
    }

    /// <summary>A map and the pairs that agree with it.</summary>
    /// <param name="Map">From the first picture to the second.</param>
    /// <param name="Inliers">1 for each pair that agrees.</param>
    public sealed record Fit(Homography Map, byte[] Inliers)
    {
        /// <summary>How many pairs agree.</summary>
        public int Count => Inliers.Count(i => i != 0);
    }
}
