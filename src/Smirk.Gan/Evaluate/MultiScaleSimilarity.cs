using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Evaluate;

/// <summary>MS-SSIM (Wang et al. 2003) of pairs of generated pictures: how alike they are among themselves (Odena et al. 2017). 0…1; nearer
/// to 1 than the real pictures' own value means little variety.</summary>
public static class MultiScaleSimilarity
{
    /// <summary>Side of the window that is compared, in pixels: smaller pictures can't be measured.</summary>
    public const int Window = 11;

    private const double Sigma = 1.5;

    // Values of the pictures that are compared at a time: some twenty arrays of as many are alive meanwhile.
    private const int ValuesAtATime = 500_000;

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Mean over <paramref name="pairs"/> pairs of different pictures.</summary>
    /// <param name="pictures">uint8 [N, C, S, S], N ≥ 2.</param>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="seed">Chooses them.</param>
    public static double MeanOfPairs(Tensor pictures, int pairs = 500, ulong seed = 0)
    {
        using var scope = TensorScope.Open();
        var random = new Random((int)Seed.Derive(seed, "ms-ssim"));
        var count = (int)pictures.Shape[0];
        var (first, second) = (new long[pairs], new long[pairs]);
        for (var i = 0; i < pairs; i++)
        {
            first[i] = random.Next(count);
            second[i] = (first[i] + 1 + random.Next(count - 1)) % count;
        }

        var (sum, atATime) = (0.0, (int)Math.Max(1, ValuesAtATime / (pictures.Count / count)));
        for (var from = 0; from < pairs; from += atATime)
        {
            using var inner = TensorScope.Open();
            sum += Of(Chosen(first, from), Chosen(second, from)).Sum().ToDouble();
        }

        return sum / pairs;

        Tensor Chosen(long[] rows, int from) =>
            pictures.IndexSelect(0, Tensor.FromArray(rows[from..Math.Min(pairs, from + atATime)])).To(DType.Float32);
    }

    /// <summary>MS-SSIM of pictures one by one.</summary>
    /// <param name="a">float32 [N, C, S, S], 0…255.</param>
    /// <param name="b">The same shape.</param>
    /// <returns>float32 [N]. Uses as many of the five scales as the size has room for, with their weights scaled to sum to 1.</returns>
    public static Tensor Of(Tensor a, Tensor b)
    {
        using var scope = TensorScope.Open();
        var scales = 1;
        while (scales < Weights.Length && a.Shape[2] >> scales >= Window)
            scales++;
        var total = Weights.Take(scales).Sum();
        var product = Tensor.Ones([a.Shape[0]]);
        for (var scale = 0; scale < scales; scale++)
        {
            var (similarity, contrast) = Parts(a, b);
            product *= (scale == scales - 1 ? similarity : contrast).Clamp(1e-6, 1).Pow(Weights[scale] / total);
            (a, b) = (a.AvgPool2d(2), b.AvgPool2d(2));
        }

        return scope.Keep(product);
    }

    // SSIM and its contrast-structure part, averaged over the picture: each [N].
    private static (Tensor Similarity, Tensor Contrast) Parts(Tensor a, Tensor b)
    {
        const double c1 = 0.01 * 255 * (0.01 * 255), c2 = 0.03 * 255 * (0.03 * 255);
        var (meanA, meanB) = (Blur(a), Blur(b));
        var varianceA = Blur(a * a) - meanA * meanA;
        var varianceB = Blur(b * b) - meanB * meanB;
        var covariance = Blur(a * b) - meanA * meanB;
        var contrast = (covariance * 2 + c2) / (varianceA + varianceB + c2);
        var similarity = (meanA * meanB * 2 + c1) / (meanA * meanA + meanB * meanB + c1) * contrast;
        return (similarity.Mean([1, 2, 3]), contrast.Mean([1, 2, 3]));
    }

    private static Tensor Blur(Tensor pictures)
    {
        var kernel = Enumerable.Range(0, Window).Select(i => (float)Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * Sigma * Sigma))).ToArray();
        var sum = kernel.Sum();
        var row = Tensor.FromArray<float>([.. kernel.Select(v => v / sum)], 1, 1, 1, Window);
        var planes = pictures.Reshape(-1, 1, pictures.Shape[2], pictures.Shape[3]);
        var blurred = planes.Conv2d(row).Conv2d(row.Transpose(2, 3)); // [N·C, 1, S−10, S−10]
        return blurred.Reshape(pictures.Shape[0], pictures.Shape[1], blurred.Shape[2], blurred.Shape[3]);
    }
}
