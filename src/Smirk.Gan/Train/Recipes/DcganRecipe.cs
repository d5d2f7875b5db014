using Smirk.Gan.Losses;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Recipes;

/// <summary>The recipe "dcgan", step for step as carpedm20/DCGAN-tensorflow trains: D once, real and generated pictures in passes of their
/// own; then G twice on the same latents.</summary>
public sealed class DcganRecipe(RecipePlan plan, ProcessGroup? group = null) : Recipe(plan, group)
{
    /// <inheritdoc/>
    public override Tensor Latents(int count, Smirk.Torch.Generator random) =>
        Tensor.RandomUniform([count, Plan.LatentSize], -1, 1, random).To(Device);

    /// <inheritdoc/>
    public override Tensor Step(Tensor real, long[]? classes, long step)
    {
        var latents = Latents((int)real.Shape[0], Random);

        // Update D.
        Tensor fake;
        using (Autograd.NoGradient())
            fake = Generator.Forward(latents, classes);
        var realLogits = Discriminator.Forward(real, classes);
        var fakeLogits = Discriminator.Forward(fake, classes);
        var discriminatorLoss = SigmoidCrossEntropy.Real(realLogits) + SigmoidCrossEntropy.Fake(fakeLogits);
        Discriminator.ClearGradients();
        Autograd.Backward(discriminatorLoss);
        DiscriminatorOptimiser.BeginExchange(Group).End();
        DiscriminatorOptimiser.Step();

        // Update G. D stands still meanwhile: nobody needs its gradients, so they aren't computed.
        Discriminator.SetRequiresGradient(false);
        var generatorLoss = discriminatorLoss;
        for (var i = 0; i < Plan.GeneratorSteps; i++)
        {
            generatorLoss = SigmoidCrossEntropy.Real(Discriminator.Forward(Generator.Forward(latents, classes), classes));
            Generator.ClearGradients();
            Autograd.Backward(generatorLoss);
            GeneratorOptimiser.BeginExchange(Group).End();
            GeneratorOptimiser.Step();
        }

        Discriminator.SetRequiresGradient(true);

        return Summary(discriminatorLoss, generatorLoss, realLogits, fakeLogits, Spread(real, classes), Spread(fake, classes));
    }
}
