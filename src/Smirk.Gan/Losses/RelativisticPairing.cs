using Smirk.Torch.Tensors;

namespace Smirk.Gan.Losses;

/// <summary>RpGAN (Jolicoeur-Martineau 2019; Huang et al. 2024, "R3GAN"): only the difference between a real and a generated logit counts,
/// so every generated picture is judged against a real one.</summary>
public static class RelativisticPairing
{
    /// <summary>D's loss: mean softplus(fake − real).</summary>
    /// <param name="real">Logits of real pictures, [N].</param>
    /// <param name="fake">Logits of generated ones, [N].</param>
    public static Tensor Discriminator(Tensor real, Tensor fake) => (fake - real).Softplus().Mean();

    /// <summary>G's loss: mean softplus(real − fake).</summary>
    /// <param name="real">Logits of real pictures, [N].</param>
    /// <param name="fake">Logits of generated ones, [N].</param>
    public static Tensor Generator(Tensor real, Tensor fake) => (real - fake).Softplus().Mean();
}
