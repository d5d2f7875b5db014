using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Explore;

/// <summary>The main directions in which a generator's pictures vary, in its latents' space: orthonormal, the strongest first.</summary>
/// <remarks>
/// Principal components of what the latent does to the network (Härkönen et al. 2020, "GANSpace"), here the weights of all channels. They
/// are fitted linearly by the latent, and the fit's own principal directions are taken: unlike the components, these are at right angles in
/// the latents' space, so that a slider doesn't move the others.
/// </remarks>
public static class Directions
{
    /// <summary>As many as a person tells apart.</summary>
    public const int Most = 10;

    private const int Samples = 2048;

    // Where latents don't weigh channels, small pictures say what they do.
    private const int Thumbnail = 8;

    /// <summary>The directions, each of length 1.</summary>
    public static IReadOnlyList<float[]> Of(RecipePlan plan, GeneratorNetwork generator)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        using var random = new Generator(plan.Seed);
        var latents = plan.Recipe == RecipeNames.Dcgan ? Tensor.RandomUniform([Samples, plan.LatentSize], -1, 1, random)
            : Tensor.RandomNormal([Samples, plan.LatentSize], random);
        var classes = plan.ClassesInTurn(Samples);
        var effects = generator.Gains(latents, classes) ?? Thumbnails(generator, latents, classes);
        var fit = latents.Transpose(0, 1).MatMul(effects - effects.Mean([0], keep: true)); // [LatentSize, effects]
        var (directions, _, _) = fit.Svd();
        var count = (int)Math.Min(Most, directions.Shape[1]);
        return [.. Enumerable.Range(0, count).Select(i => Signed(directions.Narrow(1, i, 1).Reshape(-1).ToArray<float>()))];
    }

    private static Tensor Thumbnails(GeneratorNetwork generator, Tensor latents, long[]? classes)
    {
        const int atATime = 64;
        return Tensor.Cat([.. Enumerable.Range(0, Samples / atATime).Select(batch =>
        {
            using var scope = TensorScope.Open();
            var from = batch * atATime;
            var pictures = generator.Small(latents.Narrow(0, from, atATime), classes?[from..(from + atATime)]);
            return scope.Keep(pictures.AvgPool2d((int)pictures.Shape[2] / Thumbnail).Reshape(atATime, -1));
        })], 0);
    }

    // A direction and its opposite are the same; the largest number decides, so that every export names the same one.
    private static float[] Signed(float[] direction) =>
        direction.MaxBy(Math.Abs) < 0 ? Array.ConvertAll(direction, value => -value) : direction;
}
