using Smirk.Gan.Losses;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Upscale;

/// <summary>The second stage of a run: an upsampler, its patch discriminator, their optimisers, and what one step does.</summary>
/// <remarks>
/// As in the first stage, one pass of D gives both networks' gradients. A patch's gradient of the upsampler's loss is that of D's times
/// −exp(real − fake);
/// the mean over a picture's patches stands for each of them here.
/// </remarks>
public sealed class UpsamplerTraining : IDisposable
{
    // By more than this no picture leads while D is healthy; the exponential of more would be all that counts in a step.
    private const double MostLead = 5;

    private readonly UpscalePlan _plan;
    private readonly ProcessGroup? _group;

    /// <summary>Makes networks and optimisers.</summary>
    /// <param name="plan">The stage's plan.</param>
    /// <param name="upsampler">The network that learns; stays the caller's, as does the next.</param>
    /// <param name="average">The one with averaged weights.</param>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="device">Where the networks live.</param>
    /// <param name="group">Processes that make each step together, each with its part of the crops; null for one process.</param>
    public UpsamplerTraining(
        UpscalePlan plan, UpsamplerNetwork upsampler, UpsamplerNetwork average, int channels, ulong seed, Device device,
        ProcessGroup? group = null)
    {
        using var scope = TensorScope.Open();
        (_plan, _group, Upsampler, Average) = (plan, group, upsampler, average);
        using var initial = new Generator(Seed.Derive(seed, "patches"));
        Discriminator = new PatchDiscriminator(channels, plan.DiscriminatorWidths, initial);
        Discriminator.To(device);
        var options = new AdamOptions { LearningRate = plan.LearningRate, Beta1 = plan.Beta1, Beta2 = plan.Beta2 };
        UpsamplerOptimiser = new Adam(Upsampler.Parameters(), options);
        DiscriminatorOptimiser = new Adam(Discriminator.Parameters(), options with { LearningRate = plan.DiscriminatorRate });
    }

    /// <summary>The upsampler.</summary>
    public UpsamplerNetwork Upsampler { get; }

    /// <summary>Its discriminator.</summary>
    public PatchDiscriminator Discriminator { get; }

    /// <summary>The upsampler with averaged weights: what samples are made with.</summary>
    public UpsamplerNetwork Average { get; }

    /// <summary>The upsampler's Adam.</summary>
    public Adam UpsamplerOptimiser { get; }

    /// <summary>D's Adam.</summary>
    public Adam DiscriminatorOptimiser { get; }

    /// <summary>One step.</summary>
    /// <param name="crops">Real crops in −1…1, [N, C, crop · factor, crop · factor].</param>
    /// <param name="small">Their small copies, [N, C, crop, crop].</param>
    /// <param name="generated">Crops of generated pictures, [M, C, crop, crop], M up to N; null for none.</param>
    /// <param name="progress">How much of the stage is over, 0…1.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <returns>float32 [4]: D's loss, the upsampler's mean absolute error, D's mean logit of real and of upsampled crops.</returns>
    public Tensor Step(Tensor crops, Tensor small, Tensor? generated, double progress, long step)
    {
        var count = crops.Shape[0];
        var inputs = generated is null ? small : Tensor.Cat([small, generated], 0);
        var made = Upsampler.Forward(inputs); // [N + M, C, e, e]
        var copies = generated is null ? made : made.Narrow(0, 0, count);
        var error = (copies - crops).Abs().Mean();
        var loss = error;
        if (generated is not null)
            loss += (made.Narrow(0, count, generated.Shape[0]).AvgPool2d(_plan.Factor) - generated).Abs().Mean() * _plan.Consistency;
        Upsampler.ClearGradients();

        // At first there is nothing for D to find fault with but blur.
        if (progress < _plan.AdversarialFrom)
        {
            Autograd.Backward(loss);
            UpsamplerOptimiser.BeginExchange(_group).End();
            UpsamplerOptimiser.Step();
            var none = Tensor.Zeros([], device: crops.Device);
            return Tensor.Stack([none, error.Detach(), none, none], 0);
        }

        var (wish, losses) = Judge(crops, inputs, made.Detach(), step);
        var discriminatorExchange = DiscriminatorOptimiser.BeginExchange(_group);
        Autograd.Backward(loss + (made * wish).Sum() * _plan.Adversarial);
        var upsamplerExchange = UpsamplerOptimiser.BeginExchange(_group);
        discriminatorExchange.End();
        DiscriminatorOptimiser.Step();
        upsamplerExchange.End();
        UpsamplerOptimiser.Step();
        return Tensor.Stack([losses.Discriminator, error.Detach(), losses.Real, losses.Fake], 0);
    }

    /// <summary>Shows D real crops, their copies, and enlarged generated ones, each of which is paired with a real crop. Leaves D's
    /// gradients.</summary>
    /// <param name="crops">[N, C, e, e].</param>
    /// <param name="inputs">The small pictures that <paramref name="made"/> was made from.</param>
    /// <param name="made">The copies, then the generated ones, [N + M, C, e, e].</param>
    /// <param name="step">Number of the step: every few there is a penalty.</param>
    /// <returns>The gradient of the upsampler's adversarial loss by what was made, and D's losses.</returns>
    internal (Tensor Wish, (Tensor Discriminator, Tensor Real, Tensor Fake) Losses) Judge(
        Tensor crops, Tensor inputs, Tensor made, long step)
    {
        var (count, all) = (crops.Shape[0], made.Shape[0]);
        var seen = Tensor.Cat([crops, made], 0).Contiguous(MemoryFormat.ChannelsLast); // [N + N + M, C, e, e]
        var plain = UpsamplerNetwork.Enlarge(inputs, _plan.Factor);
        seen.RequiresGradient = true;
        var logits = Discriminator.Forward(seen, Tensor.Cat([plain.Narrow(0, 0, count), plain], 0));
        var real = logits.Narrow(0, 0, count);
        var paired = all == count ? real : Tensor.Cat([real, real.Narrow(0, 0, all - count)], 0);
        var fake = logits.Narrow(0, count, all);
        var loss = RelativisticPairing.Discriminator(paired, fake);
        Discriminator.ClearGradients();
        if (_plan.Gamma > 0 && step % _plan.PenaltyEvery == 0)
        {
            var slopes = Autograd.Gradients(real.Sum(), [seen], createGraph: true)[0].Narrow(0, 0, count);
            Autograd.Backward(GradientPenalty.OfGradient(slopes) * (0.5 * _plan.Gamma * _plan.PenaltyEvery), retainGraph: true);
            Autograd.ClearGradients([seen]);
        }

        Autograd.Backward(loss);
        using var slopesOfLoss = seen.Gradient!;
        var lead = (paired - fake).Detach().Mean([1, 2, 3], keep: true).Clamp(-MostLead, MostLead);
        return (slopesOfLoss.Narrow(0, count, all) * -lead.Exp(), (loss.Detach(), real.Detach().Mean(), fake.Detach().Mean()));
    }

    /// <summary>Moves the average towards the present weights, after <paramref name="crops"/> more of <paramref name="seen"/> in
    /// all.</summary>
    public void UpdateAverage(int crops, long seen)
    {
        var halfLife = Math.Min(_plan.EmaKimg * 1000, seen * 0.1);
        MovingAverage.Update(Average.Parameters(), Upsampler.Parameters(), Math.Pow(0.5, crops / Math.Max(halfLife, 1e-8)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        UpsamplerOptimiser.Dispose();
        DiscriminatorOptimiser.Dispose();
        Discriminator.Dispose();
    }
}
