namespace Smirk.Gan.Train;

/// <summary>What a person asks of training. Whatever is null is chosen by the recipe from the pack, the device and the budget (see <see cref="RecipePlan"/>).</summary>
public sealed record TrainOptions
{
    /// <summary>"auto" (learns from a thousand pictures) or "dcgan" (faithful to carpedm20/DCGAN-tensorflow).</summary>
    public string Recipe { get; init; } = "auto";

    /// <summary>Time to train; the schedule ends well at that time. Null with <see cref="Kimg"/>.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Thousands of real pictures to show. With it a run is repeatable bit for bit on CPU; with a budget in time it isn't, because the schedule follows the clock.</summary>
    public double? Kimg { get; init; }

    /// <summary>Makes the run repeatable.</summary>
    public ulong Seed { get; init; }

    /// <summary>"auto" (CUDA where libtorch has it), "cpu", "cuda" or "cuda:1".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>One channel instead of three.</summary>
    public bool Grey { get; init; }

    /// <summary>Pictures a step.</summary>
    public int? Batch { get; init; }

    /// <summary>Adam's step size for both networks.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Weight of the gradient penalties R1 and R2 (recipe auto).</summary>
    public double? Gamma { get; init; }

    /// <summary>Multiplies the channels of every layer (recipe auto); 1 is the recipe's own.</summary>
    public double? Width { get; init; }

    /// <summary>Hidden units of the networks through which the latent weighs the channels of each of G's levels; 0 for none (recipe auto).</summary>
    public int? Gates { get; init; }

    /// <summary>Edge of the thumbnail that D judges beside the picture: 4, 8, 16 or 32, or 0 for none (recipe auto).</summary>
    public int? Thumbnail { get; init; }

    /// <summary>Numbers in a latent.</summary>
    public int? LatentSize { get; init; }

    /// <summary>Steps from one gradient penalty to the next, which is scaled by their number (recipe auto).</summary>
    public int? PenaltyEvery { get; init; }

    /// <summary>Half-life of the generator's moving average, in thousands of pictures (recipe auto).</summary>
    public double? EmaKimg { get; init; }

    /// <summary>Differentiable augmentation (recipe auto): "auto", or what <see cref="Smirk.Gan.Augment.AugmentPolicy.Parse"/> reads.</summary>
    public string Augment { get; init; } = "auto";

    /// <summary>Show mirrored pictures too (recipe auto): "auto" (decided by the data), "on" or "off".</summary>
    public string Mirror { get; init; } = "auto";

    /// <summary>"none" or "folder": condition on the label that the pack took from the folders (recipe auto).</summary>
    public string Labels { get; init; } = "none";

    /// <summary>Kernel edge of the convolutions, 4 or 5 (recipe dcgan).</summary>
    public int? Kernel { get; init; }

    /// <summary>Generator updates a step on the same latents (recipe dcgan).</summary>
    public int? GeneratorSteps { get; init; }

    /// <summary>Share of the pack that training never sees, 0…0.5.</summary>
    public double? HeldOut { get; init; }

    /// <summary>Between snapshots.</summary>
    public TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between evaluations on the held-out pictures; zero for none.</summary>
    public TimeSpan EvaluateEvery { get; init; } = TimeSpan.FromMinutes(4);
}
