using Smirk.Torch.Tensors;

namespace Smirk.Gan.Losses;

/// <summary>The loss of the first GANs in its non-saturating form (Goodfellow et al. 2014): cross-entropy of the sigmoid of a logit,
/// computed from the logit so that it can't overflow.</summary>
public static class SigmoidCrossEntropy
{
    /// <summary>Mean of −log σ(logit): what is asked to look real does not.</summary>
    public static Tensor Real(Tensor logits) => (-logits).Softplus().Mean();

    /// <summary>Mean of −log(1 − σ(logit)): what is asked to look fake does not.</summary>
    public static Tensor Fake(Tensor logits) => logits.Softplus().Mean();
}
