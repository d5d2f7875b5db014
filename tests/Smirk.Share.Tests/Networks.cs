using Smirk.Gan.Networks;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Share.Tests;

/// <summary>Generators of every form, with weights that no training made: an export has to give what Forward gives, whatever that
/// is.</summary>
internal static class Networks
{
    /// <summary>Every form by name.</summary>
    public static readonly IReadOnlyDictionary<string, GeneratorShape> Shapes = new Dictionary<string, GeneratorShape>
    {
        ["auto 32"] = new() { Widths = [48, 32, 16], Kernel = 4, Gates = 16 },
        ["auto 64"] = new() { Widths = [64, 48, 24, 12], Kernel = 4, Gates = 32 },
        ["grey"] = new() { Widths = [32, 16, 8], Kernel = 4, Gates = 16, Channels = 1 },
        ["refined"] = new() { Widths = [32, 16, 8], Kernel = 4, Gates = 16, Refine = 8 },
        ["clipped"] = new() { Widths = [32, 16, 8], Kernel = 4, Gates = 16, Overshoot = 1.5 },
        ["128 clipped"] = new() { Widths = [32, 16, 8], Kernel = 4, Gates = 16, Overshoot = 1.5, Upscale = Plan(4) },
        ["classes"] = new() { Widths = [32, 16, 8], Kernel = 4, Gates = 16, Classes = 3, Channels = 1 },
        ["dcgan 32"] = new() { Widths = [64, 32, 16] },
        ["dcgan 64"] = new() { Widths = [64, 32, 16, 8] },
        ["dcgan classes"] = new() { Widths = [32, 16, 8], Classes = 2, ClassAtEveryLayer = true },
        ["128 in two stages"] = new() { Widths = [48, 32, 16, 8], Kernel = 4, Gates = 16, Upscale = Plan(2) },
        ["256 in two stages"] = new() { Widths = [48, 32, 16, 8], Kernel = 4, Gates = 16, Upscale = Plan(4) },
        ["256 grey"] = new() { Widths = [48, 32, 16], Kernel = 4, Gates = 16, Channels = 1, Upscale = Plan(8) },
    };

    /// <summary>A generator ready to sample.</summary>
    /// <param name="shape">Its form.</param>
    /// <param name="random">Where its weights come from.</param>
    /// <param name="isFresh">Leaves the upsampler as it is before its stage: then it adds nothing.</param>
    public static GeneratorNetwork Make(GeneratorShape shape, Generator random, bool isFresh = false)
    {
        var generator = new GeneratorNetwork(shape, random);
        using (Autograd.NoGradient())
        {
            // Scales and shifts of their own, and wide weights: what is folded wrongly is to be seen.
            foreach (var (name, tensor) in generator.Parameters())
            {
                if (name.StartsWith("norm", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal))
                    tensor.CopyFrom(tensor + Tensor.RandomNormal([.. tensor.Shape], random) * 0.2);
                else if (name == "upsampler.last.weight" && !isFresh)
                    tensor.CopyFrom(Tensor.RandomNormal([.. tensor.Shape], random) * 0.02);
                else if (name.StartsWith("layer", StringComparison.Ordinal))
                    tensor.CopyFrom(tensor * 1.5);
            }

            if (isFresh && generator.StateDict().TryGetValue("upsampler.last.bias", out var bias))
                bias.CopyFrom(bias * 0);
        }

        generator.SetRequiresGradient(false);
        generator.FitStatistics([(Latents(64, shape, random), Classes(64, shape))]);
        return generator;
    }

    /// <summary>Normal latents, [count, LatentSize].</summary>
    public static Tensor Latents(int count, GeneratorShape shape, Generator random) =>
        Tensor.RandomNormal([count, shape.LatentSize], random);

    /// <summary>Each class in turn; null without classes.</summary>
    public static long[]? Classes(int count, GeneratorShape shape) =>
        shape.Classes == 0 ? null : [.. Enumerable.Range(0, count).Select(i => (long)(i % shape.Classes))];

    private static UpscalePlan Plan(int factor) => new() { Factor = factor, Share = 0.3, Width = 24, Blocks = 2 };
}
