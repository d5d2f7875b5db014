using Smirk.Torch.Tensors;

namespace Smirk.Gan.Losses;

/// <summary>Zero-centred gradient penalties (Mescheder et al. 2018): R1 on real pictures, R2 on generated ones.</summary>
public static class GradientPenalty
{
    /// <summary>Mean over the pictures of the squared length of the gradient of the logit by the picture.</summary>
    /// <param name="gradient">Gradient of the summed logits by the pictures, [N, C, S, S], with its own graph.</param>
    public static Tensor OfGradient(Tensor gradient) => gradient.Square().Sum([1, 2, 3]).Mean();
}
