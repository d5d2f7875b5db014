using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Sample;

/// <summary>Enlarges finished pictures with a Lanczos kernel of three lobes: sharp lines without steps.</summary>
public static class Enlargement
{
    private const int Lobes = 3;

    /// <summary><paramref name="factor"/> times as many pixels along each axis.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="factor">At least 1.</param>
    /// <returns>uint8 [N, C, S · factor, S · factor].</returns>
    public static Tensor Of(Tensor pictures, int factor)
    {
        if (factor == 1)
            return pictures;
        using var scope = TensorScope.Open();
        var (count, channels, size) = (pictures.Shape[0], pictures.Shape[1], (int)pictures.Shape[2]);
        var weights = Tensor.FromArray(Weights(size, factor), size, size * factor);
        var wide = pictures.To(DType.Float32).Reshape(-1, size).MatMul(weights); // [N·C·S, S·f]
        var turned = wide.Reshape(count * channels, size, size * factor).Transpose(1, 2).Reshape(-1, size); // [N·C·S·f, S]
        var large = turned.MatMul(weights).Reshape(count * channels, size * factor, size * factor).Transpose(1, 2);
        return scope.Keep(large.Round().Clamp(0, 255).To(DType.UInt8).Reshape(count, channels, size * factor, size * factor).Contiguous());
    }

    // What each pixel of a line gives to each of the enlarged one, [size, size · factor]; beyond its ends a line goes on with its last
    // pixel.
    private static float[] Weights(int size, int factor)
    {
        var weights = new float[size * size * factor];
        for (var to = 0; to < size * factor; to++)
        {
            var centre = (to + 0.5) / factor - 0.5;
            var first = (int)Math.Floor(centre) - Lobes + 1;
            var kernel = Enumerable.Range(first, 2 * Lobes)
                .Select(from => (From: Math.Clamp(from, 0, size - 1), Weight: Lanczos(from - centre)))
                .ToArray();
            var sum = kernel.Sum(tap => tap.Weight);
            foreach (var (from, weight) in kernel)
                weights[from * size * factor + to] += (float)(weight / sum);
        }

        return weights;
    }

    private static double Lanczos(double x) => Math.Abs(x) switch
    {
        < 1e-9 => 1,
        >= Lobes => 0,
        _ => Lobes * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / Lobes) / (Math.PI * Math.PI * x * x),
    };
}
