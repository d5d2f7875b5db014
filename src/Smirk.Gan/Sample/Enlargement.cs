using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Sample;

/// <summary>Brings finished pictures to the size at which a person sees them, with a Lanczos kernel of three lobes: sharp lines without
/// steps. Pictures that were squeezed into the square are stretched to their own shape.</summary>
public static class Enlargement
{
    private const int Lobes = 3;

    /// <summary>Pictures as they are shown, <paramref name="factor"/> times as many pixels along each axis.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="aspect">The shape that they were squeezed from.</param>
    /// <param name="factor">At least 1.</param>
    /// <returns>uint8 [N, C, H · factor, W · factor] with W and H of <see cref="Aspect.Shown"/>.</returns>
    public static Tensor Shown(Tensor pictures, Aspect aspect, int factor = 1)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(aspect);
        var (width, height) = aspect.Shown((int)pictures.Shape[2]);
        return Of(pictures, width * factor, height * factor);
    }

    /// <summary>Pictures of another size; shrinking widens the kernel, so nothing aliases.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <returns>uint8 [N, C, height, width]; the same tensor where that is its size.</returns>
    public static Tensor Of(Tensor pictures, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var (count, channels, size) = (pictures.Shape[0], pictures.Shape[1], (int)pictures.Shape[2]);
        if (width == size && height == size)
            return pictures;
        using var scope = TensorScope.Open();
        var wide = pictures.To(DType.Float32).Reshape(-1, size).MatMul(Weights(size, width)); // [N·C·S, W]
        var turned = wide.Reshape(count * channels, size, width).Transpose(1, 2).Reshape(-1, size); // [N·C·W, S]
        var large = turned.MatMul(Weights(size, height)).Reshape(count * channels, width, height).Transpose(1, 2); // [N·C, H, W]
        return scope.Keep(large.Round().Clamp(0, 255).To(DType.UInt8).Reshape(count, channels, height, width).Contiguous());
    }

    // What each pixel of a line gives to each of the new one, [size, length]; beyond its ends a line goes on with its last pixel.
    private static Tensor Weights(int size, int length)
    {
        var weights = new float[size * length];
        var factor = (double)length / size;
        var wider = Math.Max(1, 1 / factor);
        var reach = (int)Math.Ceiling(Lobes * wider);
        for (var to = 0; to < length; to++)
        {
            var centre = (to + 0.5) / factor - 0.5;
            var first = (int)Math.Floor(centre) - reach + 1;
            var kernel = Enumerable.Range(first, 2 * reach)
                .Select(from => (From: Math.Clamp(from, 0, size - 1), Weight: Lanczos((from - centre) / wider)))
                .ToArray();
            var sum = kernel.Sum(tap => tap.Weight);
            foreach (var (from, weight) in kernel)
                weights[from * length + to] += (float)(weight / sum);
        }

        return Tensor.FromArray(weights, size, length);
    }

    private static double Lanczos(double x) => Math.Abs(x) switch
    {
        < 1e-9 => 1,
        >= Lobes => 0,
        _ => Lobes * Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / Lobes) / (Math.PI * Math.PI * x * x),
    };
}
