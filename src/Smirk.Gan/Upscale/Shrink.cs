using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>Shrinks finished pictures by taking means of whole squares of pixels, as the upsampler's inputs are made.</summary>
internal static class Shrink
{
    // Keeps memory flat: pictures are numbers of four bytes meanwhile.
    private const int AtATime = 100;

    /// <summary>uint8 [N, C, S, S] → [N, C, S / factor, S / factor]; the pictures themselves for a factor of 1.</summary>
    public static Tensor Of(Tensor pictures, int factor)
    {
        if (factor == 1)
            return pictures;
        using var scope = TensorScope.Open();
        var parts = new List<Tensor>();
        for (long from = 0; from < pictures.Shape[0]; from += AtATime)
        {
            using var inner = TensorScope.Open();
            var part = pictures.Narrow(0, from, Math.Min(AtATime, pictures.Shape[0] - from)).To(DType.Float32).AvgPool2d(factor);
            parts.Add(inner.Keep(part.Round().To(DType.UInt8)));
        }

        return scope.Keep(Tensor.Cat(parts, 0));
    }
}
