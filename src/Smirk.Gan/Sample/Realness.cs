using Smirk.Gan.Augment;
using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Sample;

/// <summary>How real D takes finished pictures for: the judge of the first stage, which sees them shrunk where they were
/// enlarged.</summary>
internal static class Realness
{
    // Keeps memory flat: D's first layer has the most pixels of all.
    private const int AtATime = 64;

    /// <summary>D's logit of each picture.</summary>
    /// <param name="discriminator">D.</param>
    /// <param name="plan">Its run's plan.</param>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="classes">One class a picture; null without classes.</param>
    public static float[] Of(DiscriminatorNetwork discriminator, RecipePlan plan, Tensor pictures, long[]? classes) =>
        Mean(discriminator, plan, pictures, classes, [batch => batch]);

    /// <summary>The mean of D's logits over augmented views of each picture: one view alone is half noise, since D knows no picture as it
    /// is.</summary>
    /// <param name="discriminator">D.</param>
    /// <param name="plan">Its run's plan.</param>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="classes">One class a picture; null without classes.</param>
    /// <param name="views">Views a picture.</param>
    public static float[] OfViews(DiscriminatorNetwork discriminator, RecipePlan plan, Tensor pictures, long[]? classes, int views)
    {
        using var random = new Generator(0);
        return Mean(discriminator, plan, pictures, classes, [.. Enumerable.Range(0, views).Select(view => (Func<Tensor, Tensor>)(batch =>
            DiffAugment.Apply(plan.Mirror && view % 2 == 1 ? batch.Flip(3) : batch, plan.Augment.At(1), random)))]);
    }

    private static float[] Mean(
        DiscriminatorNetwork discriminator, RecipePlan plan, Tensor pictures, long[]? classes, IReadOnlyList<Func<Tensor, Tensor>> views)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var small = Shrink.Of(pictures, (int)pictures.Shape[2] / plan.SmallSize);
        var scores = new List<float>();
        for (long from = 0; from < small.Shape[0]; from += AtATime)
        {
            using var inner = TensorScope.Open();
            var length = (int)Math.Min(AtATime, small.Shape[0] - from);
            var batch = small.Narrow(0, from, length).To(DType.Float32) / 127.5 - 1;
            var some = classes?.AsSpan((int)from, length).ToArray();
            var logits = views.Select(view => discriminator.Forward(view(batch), some));
            scores.AddRange(Tensor.Stack([.. logits], 0).Mean([0]).ToArray<float>());
        }

        return [.. scores];
    }
}
