using Smirk.Gan.Augment;
using Smirk.Gan.Losses;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Recipes;

/// <summary>The recipe "auto": DCGAN's generator against a discriminator without any norm, relativistic pairing loss, R1 and R2 now and
/// then, both sides augmented.</summary>
/// <remarks>
/// Both networks are updated at once from one pass: G's batch is made once, augmented together with the real one, and D's backward pass
/// serves both.
/// Since D treats every picture on its own, the gradient of G's loss by a generated picture is that of D's loss times a number for that
/// picture.
/// That saves a pass of G and one of D against the step as usually written (docs/recipes.md).
/// </remarks>
public sealed class AutoRecipe(RecipePlan plan, ProcessGroup? group = null) : Recipe(plan, group)
{
    /// <inheritdoc/>
    public override Tensor Latents(int count, Smirk.Torch.Generator random) =>
        Tensor.RandomNormal([count, Plan.LatentSize], random).To(Device);

    /// <inheritdoc/>
    public override Tensor Step(Tensor real, long[]? classes, long step)
    {
        var count = real.Shape[0];

        // Make generated pictures, and show D both sides in one batch. Each is augmented on its own: only the way back through the
        // generated ones is needed.
        var fake = Generator.Small(Latents((int)count, Random), classes);
        var shown = DiffAugment.Apply(fake, Augment, Random);
        var seen = Tensor.Cat([DiffAugment.Apply(real, Augment, Random), shown.Detach()], 0); // [2N, C, S, S]
        seen.RequiresGradient = true;
        var logits = Discriminator.Forward(seen, classes is null ? null : [.. classes, .. classes]);
        var (realLogits, fakeLogits) = (logits.Narrow(0, 0, count), logits.Narrow(0, count, count));
        var discriminatorLoss = RelativisticPairing.Discriminator(realLogits, fakeLogits);

        // D's gradients, and how each generated picture should change to please D.
        Discriminator.ClearGradients();
        var wish = Plan.Gamma > 0 && step % PenaltyEvery == 0
            ? BackwardWithPenalty(discriminatorLoss, logits, seen)
            : Backward(discriminatorLoss, logits, seen); // [N, C, S, S]

        // G's gradients, while D's go through all processes.
        var discriminatorExchange = DiscriminatorOptimiser.BeginExchange(Group);
        Generator.ClearGradients();
        Autograd.Backward(shown, wish);

        // Update both.
        var generatorExchange = GeneratorOptimiser.BeginExchange(Group);
        discriminatorExchange.End();
        DiscriminatorOptimiser.Step();
        generatorExchange.End();
        GeneratorOptimiser.Step();
        return Summary(discriminatorLoss, RelativisticPairing.Generator(realLogits, fakeLogits), realLogits, fakeLogits,
            Spread(real, classes), Spread(fake, classes));
    }

    // A strong penalty now and then throws Adam's steps off: rolls collapsed with it, and with one in every step they don't
    // (docs/jazz.md). So a run that was taken back has one in every step.
    private int PenaltyEvery => Firmness > 0 ? 1 : Plan.PenaltyEvery;

    // dL_D/df = σ(f−r)/N and dL_G/df = −σ(r−f)/N, so their quotient for a pair is −exp(r−f).
    private static Tensor Backward(Tensor loss, Tensor logits, Tensor seen)
    {
        Autograd.Backward(loss);
        using var gradient = seen.Gradient!;
        return FakeHalf(gradient) * -Lead(logits).Clamp(-60, 60).Exp();
    }

    // The penalty needs the plain gradient of the logits by the pictures, of which G's wish is a multiple as well.
    private Tensor BackwardWithPenalty(Tensor loss, Tensor logits, Tensor seen)
    {
        var slopes = Autograd.Gradients(logits.Sum(), [seen], createGraph: true)[0];

        // γ/2 (R1 + R2), each a mean over its half of the batch, is γ times the mean over both; scaled by the steps that go without.
        var penalty = GradientPenalty.OfGradient(slopes) * (Plan.Gamma * Math.Pow(8, Firmness) * PenaltyEvery);
        Autograd.Backward(loss + penalty);
        var count = logits.Shape[0] / 2;
        return FakeHalf(slopes.Detach()) * (Lead(logits).Sigmoid() / -(double)count);
    }

    // By how much the real picture of each pair looks more real, [N, 1, 1, 1].
    private static Tensor Lead(Tensor logits)
    {
        var count = logits.Shape[0] / 2;
        var plain = logits.Detach();
        return (plain.Narrow(0, 0, count) - plain.Narrow(0, count, count)).Reshape(count, 1, 1, 1);
    }

    private static Tensor FakeHalf(Tensor both) => both.Narrow(0, both.Shape[0] / 2, both.Shape[0] / 2);
}
