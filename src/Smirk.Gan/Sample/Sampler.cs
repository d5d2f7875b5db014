using Smirk.Gan.Networks;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>Makes pictures with a generator.</summary>
public static class Sampler
{
    // Keeps memory flat; larger batches are no faster.
    private const int BatchSize = 64;
    private const int BatchPixels = BatchSize * 128 * 128;

    /// <summary>Pictures for <paramref name="latents"/>.</summary>
    /// <param name="generator">In evaluation mode.</param>
    /// <param name="latents">[N, LatentSize], on the generator's device.</param>
    /// <param name="classes">One class a latent; null without classes.</param>
    /// <param name="steps">Told of each batch; null for nobody.</param>
    /// <param name="styles">[N, Levels, LatentSize], on the generator's device: what weighs each level's channels in the latent's place;
    /// null for the latents themselves.</param>
    /// <returns>uint8 [N, C, S, S] on the CPU.</returns>
    public static Tensor Pictures(
        GeneratorNetwork generator, Tensor latents, long[]? classes = null, StageSteps? steps = null, Tensor? styles = null)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var batches = new List<Tensor>();
        var batchSize = Math.Clamp(BatchPixels / (generator.Size * generator.Size), 4, BatchSize);
        for (var from = 0; from < latents.Shape[0]; from += batchSize)
        {
            steps?.Next("making samples", from, latents.Shape[0]);
            using var inner = TensorScope.Open();
            var count = (int)Math.Min(batchSize, latents.Shape[0] - from);
            var pictures = generator.Forward(
                latents.Narrow(0, from, count), classes?.AsSpan(from, count).ToArray(), styles?.Narrow(0, from, count));
            batches.Add(inner.Keep(ToBytes(pictures)));
        }

        return scope.Keep(Tensor.Cat(batches, 0));
    }

    /// <summary>−1…1 → 0…255, rounded; on the CPU.</summary>
    internal static Tensor ToBytes(Tensor pictures) => ((pictures + 1) * 127.5).Round().Clamp(0, 255).To(DType.UInt8).To(Device.Cpu);
}
