using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>Shrinks finished pictures by taking means of whole squares of pixels, as the upsampler's inputs are made.</summary>
internal static class Shrink
{
    /// <summary>uint8 [N, C, S, S] → [N, C, S / factor, S / factor]; the pictures themselves for a factor of 1.</summary>
    public static Tensor Of(Tensor pictures, int factor)
    {
        if (factor == 1)
            return pictures;
        using var scope = TensorScope.Open();
        var parts = new List<Tensor>();
        foreach (var (from, count) in new PictureRows(pictures).Parts())
        {
            using var inner = TensorScope.Open();
            var part = pictures.Narrow(0, from, count).To(DType.Float32).AvgPool2d(factor);
            parts.Add(inner.Keep(part.Round().To(DType.UInt8)));
        }

        return scope.Keep(Tensor.Cat(parts, 0));
    }
}
