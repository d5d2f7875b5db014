using Smirk.Gan.Augment;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Networks;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Modules;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Train.Recipes;

/// <summary>A way to train: two networks, their optimisers, and what one step does. The loop around it (schedule, log, snapshots) is the
/// same for all.</summary>
public abstract class Recipe : IDisposable
{
    /// <summary>Makes networks and optimisers from the plan's seed.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="group">Processes that make each step together, each with its part of the batch; null for one process.</param>
    protected Recipe(RecipePlan plan, ProcessGroup? group)
    {
        // What belongs to networks and optimisers outlives the scope; what was only needed to make them doesn't.
        using var scope = TensorScope.Open();
        Plan = plan;
        Device = Device.Parse(plan.Device);
        using var initial = new Smirk.Torch.Generator(Seed.Derive(plan.Seed, "weights"));
        Generator = new GeneratorNetwork(ShapeOf(plan), initial);
        Discriminator = new DiscriminatorNetwork(DiscriminatorShapeOf(plan), initial);
        Average = new GeneratorNetwork(ShapeOf(plan), initial);
        Average.LoadState(Generator.StateDict());
        Average.SetRequiresGradient(false);
        foreach (var network in new Module[] { Generator, Discriminator, Average })
            network.To(Device);
        var options = new AdamOptions
        {
            LearningRate = plan.LearningRate,
            Beta1 = plan.Beta1,
            Beta2 = plan.Beta2,
            ClipUpdates = plan.ClipUpdates,
        };
        GeneratorOptimiser = new Adam(Generator.SmallParameters(), options);
        DiscriminatorOptimiser = new Adam(Discriminator.Parameters(), options);
        Group = group;
        ShareSteps(true);
        Random = Smirk.Torch.Generator.Counted(Seed.Derive(plan.Seed, "training"), group?.Rank ?? 0, group?.Size ?? 1, Device);
        Augment = plan.Augment;
        if (plan.Upscale is { } upscale)
            Upscaling =
                new UpsamplerTraining(upscale, Generator.Upsampler!, Average.Upsampler!, plan.Channels, plan.Seed, Device, group);
    }

    // More words than a picture's share of a step takes.
    private const int WordsOfPicture = 1 << 20;

    private bool _settled;

    /// <summary>The run's plan.</summary>
    public RecipePlan Plan { get; }

    /// <summary>Where the networks live.</summary>
    public Device Device { get; }

    /// <summary>Processes that make each step together; null for one process.</summary>
    public ProcessGroup? Group { get; }

    /// <summary>G.</summary>
    public GeneratorNetwork Generator { get; }

    /// <summary>D.</summary>
    public DiscriminatorNetwork Discriminator { get; }

    /// <summary>G with averaged weights: what samples are made with.</summary>
    public GeneratorNetwork Average { get; }

    /// <summary>G's Adam.</summary>
    public Adam GeneratorOptimiser { get; }

    /// <summary>D's Adam.</summary>
    public Adam DiscriminatorOptimiser { get; }

    /// <summary>The second stage; null for none.</summary>
    public UpsamplerTraining? Upscaling { get; }

    /// <summary>Random numbers for latents and augmentation; its state is part of a snapshot.</summary>
    public Smirk.Torch.Generator Random { get; }

    /// <summary>How both sides are augmented at this time of the run.</summary>
    public AugmentPolicy Augment { get; set; }

    /// <summary>How often the run was taken back because G had collapsed: the penalty is eight times stronger each time,
    /// and in every step.</summary>
    public int Firmness { get; set; }

    /// <summary>The recipe that <paramref name="plan"/> names.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="group">Processes that make each step together, each with its part of the batch; null for one process.</param>
    public static Recipe Create(RecipePlan plan, ProcessGroup? group = null) =>
        plan.Recipe == RecipeNames.Dcgan ? new DcganRecipe(plan, group) : new AutoRecipe(plan, group);

    /// <summary>Whether what G and D compute is part of a step of all processes; a process that measures does so alone.</summary>
    public void ShareSteps(bool on)
    {
        Generator.ShareWith(on ? Group : null);
        Discriminator.ShareWith(on ? Group : null);
    }

    /// <summary>Tells it that all weights and states of optimisers were replaced from outside.</summary>
    /// <param name="now">Where the run stands that they come from.</param>
    internal void StateWasReplaced(TrainCounters now)
    {
        GeneratorOptimiser.LoadState(GeneratorOptimiser.StateDict(), now.GeneratorSteps);
        DiscriminatorOptimiser.LoadState(DiscriminatorOptimiser.StateDict(), now.Step - now.UpscaleSteps);
        Upscaling?.UpsamplerOptimiser.LoadState(Upscaling.UpsamplerOptimiser.StateDict(), now.UpscaleSteps);
        Upscaling?.DiscriminatorOptimiser.LoadState(Upscaling.DiscriminatorOptimiser.StateDict(), now.PatchSteps);
        _settled = false;
    }

    /// <summary>Goes on drawing where a snapshot stopped. The states of versions before 0.2, which drew in another way, mean nothing here:
    /// such a run goes on at a place of its own stream that it can't have come to.</summary>
    /// <param name="state">The snapshot's.</param>
    /// <param name="seen">Pictures seen until then.</param>
    internal void GoOnDrawing(ReadOnlySpan<byte> state, long seen)
    {
        if (state.Length == Random.GetState().Length)
            Random.SetState(state);
        else
            Random.GoTo((ulong)(seen * WordsOfPicture));
    }

    /// <summary>One step: both networks are updated.</summary>
    /// <param name="real">Real pictures in −1…1, [N, C, S, S], on the device.</param>
    /// <param name="classes">Their classes; null without.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <returns>float32 [6]: D's loss, G's loss, D's mean output on real and on generated pictures, the spread of both within classes; on
    /// the device, so that reading it can wait.</returns>
    public abstract Tensor Step(Tensor real, long[]? classes, long step);

    /// <summary>Latents as this recipe draws them, [N, LatentSize], on the device.</summary>
    public abstract Tensor Latents(int count, Smirk.Torch.Generator random);

    /// <summary>Sets all learning rates to <paramref name="share"/> of the plan's.</summary>
    public void ScaleLearningRate(double share)
    {
        GeneratorOptimiser.LearningRate = Plan.LearningRate * share;
        DiscriminatorOptimiser.LearningRate = Plan.LearningRate * share;
        if (Upscaling is null)
            return;
        Upscaling.UpsamplerOptimiser.LearningRate = Plan.Upscale!.LearningRate * share;
        Upscaling.DiscriminatorOptimiser.LearningRate = Plan.Upscale.DiscriminatorRate * share;
    }

    /// <summary>One step of the second stage: the upsampler and its discriminator are updated.</summary>
    /// <param name="crops">Real crops and their small copies, on the device.</param>
    /// <param name="small">What G would have made of them.</param>
    /// <param name="progress">How much of the stage is over, 0…1.</param>
    /// <param name="step">Number of the stage's step, from 0.</param>
    /// <returns>As <see cref="Step"/>; in place of G's loss the upsampler's mean absolute error, and 0 for both spreads.</returns>
    public Tensor UpscaleStep(Tensor crops, Tensor small, double progress, long step)
    {
        var upscale = Plan.Upscale!;
        var count = progress < upscale.AdversarialFrom ? 0 : upscale.GeneratedCount / (Group?.Size ?? 1);
        var losses = Upscaling!.Step(crops, small, count == 0 ? null : GeneratedCrops(count, upscale.Crop), progress, step);
        return Tensor.Cat([losses, Tensor.Zeros([2], device: Device)], 0); // nothing is said of variety, which G decides
    }

    // What the averaged G makes, cut at one place: the upsampler has to please its discriminator with such pictures, too.
    private Tensor GeneratedCrops(int count, int edge)
    {
        SettleAverage();
        using var noGradient = Autograd.NoGradient();
        var pictures = Average.Small(Latents(count, Random), RandomClasses(count, Random));
        var places = Tensor.RandomIntegers([2], 0, pictures.Shape[2] - edge + 1, Random.Common.OnCpu).ToArray<long>();
        return pictures.Narrow(2, places[0], edge).Narrow(3, places[1], edge).Contiguous(); // [count, C, edge, edge]
    }

    /// <summary>Moves the averaged generator towards the present one, after <paramref name="pictures"/> more pictures of
    /// <paramref name="seen"/> in all.</summary>
    public void UpdateAverage(int pictures, long seen)
    {
        // Early on the half-life is a tenth of what was seen (as in EDM2's and StyleGAN3's ramp-up): the average must not remember the
        // noise that training started from.
        var halfLife = Math.Min(Plan.EmaKimg * 1000, seen * 0.1);
        MovingAverage.Update(Average.SmallParameters(), Generator.SmallParameters(), Math.Pow(0.5, pictures / Math.Max(halfLife, 1e-8)));
        _settled = false;
    }

    /// <summary>Fits the averaged generator's batch-norm statistics to its weights; it is ready to sample then.</summary>
    public void SettleAverage()
    {
        if (_settled)
            return;
        // Always the same latents: settling must not change what training draws next.
        using var random = new Smirk.Torch.Generator(Seed.Derive(Plan.Seed, "settle"));
        using var scope = TensorScope.Open();
        Average.FitStatistics(Enumerable.Range(0, 16).Select(_ => (Latents(64, random), RandomClasses(64, random))));
        _settled = true;
    }

    /// <summary>Whether every weight of both networks is a number: a loss is taken before the step that it leads to, and doesn't
    /// tell.</summary>
    public bool HasFiniteWeights()
    {
        using var scope = TensorScope.Open();
        using var noGradient = Autograd.NoGradient();
        return Generator.Parameters()
            .Concat(Discriminator.Parameters())
            .Concat(Upscaling?.Discriminator.Parameters() ?? [])
            .All(weights => double.IsFinite(weights.Tensor.Sum().ToDouble()));
    }

    /// <summary>Random classes for <paramref name="count"/> latents; null without classes.</summary>
    protected internal long[]? RandomClasses(int count, Smirk.Torch.Generator random) => Plan.Classes.Count == 0
        ? null
        : Tensor.RandomIntegers([count], 0, Plan.Classes.Count, random.OnCpu).ToArray<long>();

    /// <inheritdoc/>
    public void Dispose()
    {
        GeneratorOptimiser.Dispose();
        DiscriminatorOptimiser.Dispose();
        Upscaling?.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
        Average.Dispose();
        Random.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sums up a step in one tensor, see <see cref="Step"/>.</summary>
    /// <param name="discriminatorLoss">D's loss.</param>
    /// <param name="generatorLoss">G's loss.</param>
    /// <param name="real">D's logits of real pictures.</param>
    /// <param name="fake">D's logits of generated ones.</param>
    /// <param name="realSpread">How far the batch's real pictures lie apart within classes.</param>
    /// <param name="fakeSpread">How far the generated ones do.</param>
    protected static Tensor Summary(
        Tensor discriminatorLoss, Tensor generatorLoss, Tensor real, Tensor fake, Tensor realSpread, Tensor fakeSpread) =>
        Tensor.Stack([discriminatorLoss.Detach(), generatorLoss.Detach(), real.Detach().Mean(), fake.Detach().Mean(), realSpread,
            fakeSpread], 0);

    /// <summary>How far pictures lie apart within classes, at 16×16 pixels, without gradients.</summary>
    protected static Tensor Spread(Tensor pictures, long[]? classes) =>
        Diversity.Within(pictures.Detach().AvgPool2d((int)pictures.Shape[2] / 16), classes);

    /// <summary>What the generator of <paramref name="plan"/> looks like.</summary>
    internal static GeneratorShape ShapeOf(RecipePlan plan) =>
        new()
        {
            LatentSize = plan.LatentSize,
            Widths = plan.GeneratorWidths,
            Channels = plan.Channels,
            Kernel = plan.Kernel,
            Gates = plan.Gates,
            Refine = plan.Refine,
            Overshoot = plan.Overshoot,
            Classes = plan.Classes.Count,
            ClassAtEveryLayer = plan is { Recipe: RecipeNames.Dcgan, Classes.Count: > 0 },
            Upscale = plan.Upscale,
        };

    /// <summary>What the discriminator of <paramref name="plan"/> looks like.</summary>
    internal static DiscriminatorShape DiscriminatorShapeOf(RecipePlan plan) =>
        new()
        {
            Widths = plan.DiscriminatorWidths,
            Channels = plan.Channels,
            Kernel = plan.Kernel,
            BatchNorm = plan.Recipe == "dcgan",
            Thumbnail = plan.Thumbnail,
            Classes = plan.Classes.Count,
        };
}
