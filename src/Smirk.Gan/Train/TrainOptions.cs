using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train;

/// <summary>What a person asks of training. Whatever is null is chosen by the recipe from the pack, the device and the budget;
/// <see cref="TrainOptionTable"/> says what each option is.</summary>
public sealed record TrainOptions
{
    /// <summary>The pack's folder, such as WS/packs/64. When a run is resumed: where its pack lies now; empty for where the run
    /// says.</summary>
    public string Pack { get; init; } = "";

    /// <summary>Number of the run to resume; null starts a new one. Of the other options only those that can change on resume may be set
    /// then.</summary>
    public int? Resume { get; init; }

    /// <summary>"auto" (learns from a thousand pictures) or "dcgan" (faithful to carpedm20/DCGAN-tensorflow).</summary>
    public string? Recipe { get; init; }

    /// <summary>Time to train; the schedule ends well at that time. Excludes <see cref="Kimg"/>.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Thousands of real pictures to show. With it a run is repeatable bit for bit on CPU; with a budget in time it isn't,
    /// because the schedule follows the clock.</summary>
    public double? Kimg { get; init; }

    /// <summary>Makes the run repeatable.</summary>
    public ulong? Seed { get; init; }

    /// <summary>"auto" (CUDA where libtorch has it), "cpu", "cuda" or "cuda:1".</summary>
    public string? Device { get; init; }

    /// <summary>Threads of one operation on the CPU: a number, or "auto" (as many as are fastest at the moment). Null for "auto" where time
    /// bounds the run, and one a core where pictures do.</summary>
    public string? Threads { get; init; }

    /// <summary>How far training steps back for other programs on the CPU and the disk: 0 (not at all) to 19. Null for
    /// <see cref="TrainStage.UsualNice"/>.</summary>
    public int? Nice { get; init; }

    /// <summary>One channel instead of three.</summary>
    public bool? Grey { get; init; }

    /// <summary>Pictures a step.</summary>
    public int? Batch { get; init; }

    /// <summary>Adam's learning rate for both networks.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Weight of the gradient penalties R1 and R2.</summary>
    public double? Gamma { get; init; }

    /// <summary>Steps from one gradient penalty to the next, which is scaled by their number.</summary>
    public int? PenaltyEvery { get; init; }

    /// <summary>Half-life of the generator's moving average, in thousands of pictures.</summary>
    public double? EmaKimg { get; init; }

    /// <summary>Multiplies the channels of every layer; 1 is the recipe's own.</summary>
    public double? Width { get; init; }

    /// <summary>Hidden units of the networks through which the latent weighs the channels of each of G's levels; 0 for none.</summary>
    public int? Gates { get; init; }

    /// <summary>"flat", "shaded", or null for what the pictures are found to be.</summary>
    public string? Look { get; init; }

    /// <summary>D's loss below which more pictures are augmented, and above which fewer are; 0 for all, always.</summary>
    public double? AugmentTarget { get; init; }

    /// <summary>Largest edge of the maps that a residual convolution of G refines: 8, 16 or 32; 0 for none.</summary>
    public int? Refine { get; init; }

    /// <summary>How far G reaches beyond black and white, where it is clipped, as a multiple of the range: 1 (not at all) to 2.</summary>
    public double? Overshoot { get; init; }

    /// <summary>Edge of the thumbnail that D judges beside the picture: 4, 8, 16 or 32, or 0 for none.</summary>
    public int? Thumbnail { get; init; }

    /// <summary>Edge of what the generator itself makes; larger pictures are enlarged by an upsampler. Null for 64 or less (recipe
    /// auto).</summary>
    public int? SmallSize { get; init; }

    /// <summary>Share of the run that the upsampler gets, above 0 and below 1 (recipe auto).</summary>
    public double? UpscaleShare { get; init; }

    /// <summary>Make a layer's step smaller where its gradients are suddenly larger than usual: "auto" (piano rolls), "on" or
    /// "off".</summary>
    public string? ClipUpdates { get; init; }

    /// <summary>Numbers in a latent.</summary>
    public int? LatentSize { get; init; }

    /// <summary>Differentiable augmentation: "auto", or what <see cref="Smirk.Gan.Augment.AugmentPolicy.Parse"/> reads.</summary>
    public string? Augment { get; init; }

    /// <summary>Show mirrored pictures too: "auto" (decided by the data), "on" or "off".</summary>
    public string? Mirror { get; init; }

    /// <summary>"none", "folder" or "idx" (whose import puts each label into a folder): condition on the folder that a picture lies
    /// in.</summary>
    public string? Labels { get; init; }

    /// <summary>Kernel edge of the convolutions, 4 or 5.</summary>
    public int? Kernel { get; init; }

    /// <summary>Generator updates a step on the same latents.</summary>
    public int? GeneratorSteps { get; init; }

    /// <summary>Share of the pack that training never sees, 0…0.5.</summary>
    public double? HeldOut { get; init; }

    /// <summary>Between snapshots.</summary>
    public TimeSpan? SnapshotEvery { get; init; }

    /// <summary>Between evaluations on the held-out pictures; zero for none.</summary>
    public TimeSpan? EvaluateEvery { get; init; }
}
