using Smirk.Gan.Augment;
using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train;

/// <summary>Turns what a person asked for, and what there is (pack, device), into a plan; says of every choice why.</summary>
public static class RecipePlanner
{
    /// <summary>The recipes by name.</summary>
    public static readonly string[] Recipes = ["auto", "dcgan"];

    private static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(30);

    /// <summary>Makes the plan.</summary>
    /// <exception cref="UsageException">An option is wrong, or doesn't fit the pack.</exception>
    public static RecipePlan Plan(TrainOptions options, TrainingPack pack)
    {
        Check(options);
        CheckSize(options.Recipe, pack.Size);
        var device = Device.Parse(options.Device);
        var choices = new Choices();
        choices.Add("device", device.ToString(), options.Device == "auto" ? (device.IsCuda ? $"libtorch has CUDA: {TorchRuntime.CudaDeviceName()}" : "libtorch has no CUDA device") : Choices.Asked);
        choices.Add("pictures", pack.Count.ToString(), $"what the pack holds, {pack.Size}×{pack.Size}, {(pack.Channels == 1 ? "grey" : "RGB")}");
        var seconds = options.Kimg is null ? (options.Budget ?? DefaultBudget).TotalSeconds : (double?)null;
        choices.Add(Length(options.Kimg, seconds, options.Kimg is null && options.Budget is null ? "the default" : Choices.Asked));
        return options.Recipe == "dcgan"
            ? DcganPlan.Make(options, pack, device, seconds, choices)
            : AutoPlan.Make(options, pack, device, seconds, choices);
    }

    /// <summary>How long a run is, as a choice.</summary>
    internal static Choice Length(double? kimg, double? seconds, string reason) => new("length", kimg is not null ? $"{kimg} kimg" : $"{seconds / 60:0.#} minutes", reason);

    /// <summary>Refuses what can be told to be wrong without looking at any picture.</summary>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="DeviceMissingException">The device isn't there.</exception>
    public static void Check(TrainOptions options)
    {
        if (!Recipes.Contains(options.Recipe))
            throw new UsageException($"There is no recipe '{options.Recipe}'; there are: {string.Join(", ", Recipes)}.");
        if (options is { Budget: not null, Kimg: not null })
            throw new UsageException("--budget and --kimg both bound the run; give one of them.");
        if (options.Kimg is <= 0 || options.Budget is { Ticks: <= 0 })
            throw new UsageException("The run's length must be more than nothing.");
        if (options.Batch is < 2)
            throw new UsageException($"--batch {options.Batch}: a batch has at least 2 pictures.");
        if (options.HeldOut is < 0 or > 0.5)
            throw new UsageException($"--held-out {options.HeldOut}: expected a share from 0 to 0.5.");
        if (options.LearningRate is <= 0 || options.Gamma is < 0 || options.Width is <= 0 || options.LatentSize is < 1 || options.GeneratorSteps is < 1)
            throw new UsageException("--learning-rate, --width, --z-dim and --g-steps must be above 0, --gamma at least 0.");
        Foreign(options);
        if (options.PenaltyEvery is < 1 || options.EmaKimg is <= 0)
            throw new UsageException("--penalty-every must be at least 1 and --ema-kimg above 0.");
        if (options.Gates is < 0 or > 4096)
            throw new UsageException($"--gates {options.Gates}: expected a number from 0 (none) to 4096.");
        if (options.Thumbnail is { } thumbnail and not (0 or 4 or 8 or 16 or 32))
            throw new UsageException($"--thumbnail {thumbnail}: expected 4, 8, 16 or 32, or 0 for none.");
        if (options.Kernel is { } kernel and not (4 or 5))
            throw new UsageException($"--kernel {kernel}: expected 4 or 5.");
        if (options.Augment != "auto")
            _ = AugmentPolicy.Parse(options.Augment);
        OneOf("--mirror", options.Mirror, "auto", "on", "off");
        OneOf("--labels", options.Labels, "none", "folder");

        // The others are always there, and libtorch needn't be asked.
        if (options.Device is not ("auto" or "cpu"))
            _ = Device.Parse(options.Device);
    }

    /// <summary>Sizes that the recipe has networks for, rising.</summary>
    public static int[] SizesOf(string recipe) => recipe == "dcgan" ? [32, 64, 128] : [32, 64, 128, 256];

    /// <summary>Refuses a size of pictures that the recipe has no network for.</summary>
    /// <exception cref="UsageException">It is none of the recipe's.</exception>
    public static void CheckSize(string recipe, int size)
    {
        var sizes = SizesOf(recipe);
        if (!sizes.Contains(size))
            throw new UsageException($"--recipe {recipe} learns pictures of {string.Join(", ", sizes[..^1])} or {sizes[^1]} pixels, not of {size}. Make a pack of such with --size 64.");
    }

    // An option that the recipe doesn't know would do nothing: better to say so.
    private static void Foreign(TrainOptions options)
    {
        (string Name, bool Given)[] foreign = options.Recipe == "dcgan"
            ? [("--gamma", options.Gamma is not null), ("--penalty-every", options.PenaltyEvery is not null), ("--ema-kimg", options.EmaKimg is not null), ("--width", options.Width is not null),
                ("--gates", options.Gates is not null), ("--thumbnail", options.Thumbnail is not null), ("--augment", options.Augment is not ("auto" or "off")), ("--mirror", options.Mirror is not ("auto" or "off")), ("--labels", options.Labels != "none")]
            : [("--kernel", options.Kernel is not null), ("--g-steps", options.GeneratorSteps is not null)];
        if (foreign.FirstOrDefault(f => f.Given) is { Name: { } name })
            throw new UsageException($"{name}: the recipe '{options.Recipe}' has no such setting. Leave it out, or take --recipe {(options.Recipe == "dcgan" ? "auto" : "dcgan")}.");
    }

    private static void OneOf(string option, string value, params string[] allowed)
    {
        if (!allowed.Contains(value))
            throw new UsageException($"{option} {value}: expected {string.Join(", ", allowed)}.");
    }
}
