using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Train.Planning;

/// <summary>Turns what a person asked for, and what there is (pack, device), into a plan; says of every choice why.</summary>
public static class RecipePlanner
{
    /// <summary>How long a run is when nothing is said.</summary>
    internal static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(30);

    /// <summary>Makes the plan.</summary>
    /// <exception cref="UsageException">An option is wrong, or doesn't fit the pack.</exception>
    public static RecipePlan Plan(TrainOptions options, TrainingPack pack)
    {
        Check(options);
        var recipe = options.Recipe ?? RecipeNames.Auto;
        CheckSize(recipe, pack.Size);
        var context = new PlanContext(recipe, options, pack, Device.Parse(options.Device ?? "auto"));
        var length = LengthOf(options);
        var plan = Begin(context) with { Kimg = length.Kimg, BudgetSeconds = length.BudgetSeconds };

        // Put every option into it, in the order of the table.
        var choices = new List<Choice> { PicturesOf(pack), LengthOf(
            plan, options.Kimg is null && options.Budget is null ? Reason.Usual : Reason.Asked) };
        foreach (var option in TrainOptionTable.All)
        {
            (plan, var choice) = option.Resolve(context, plan);
            if (choice is not null)
                choices.Add(choice);
        }

        return plan with { Choices = choices };
    }

    /// <summary>How long a run with these options is.</summary>
    public static RunLength LengthOf(TrainOptions options) =>
        new(options.Kimg, options.Kimg is null ? (options.Budget ?? DefaultBudget).TotalSeconds : null);

    /// <summary>How long a run is, as a choice.</summary>
    internal static Choice LengthOf(RecipePlan plan, Reason why) =>
        new("length", plan.Kimg is { } kimg ? $"{kimg} kimg" : $"{plan.BudgetSeconds / 60:0.#} minutes") { Why = why };

    /// <summary>Refuses what can be told to be wrong without looking at any picture.</summary>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="DeviceMissingException">The device isn't there.</exception>
    public static void Check(TrainOptions options)
    {
        var recipe = options.Recipe ?? RecipeNames.Auto;
        if (!RecipeNames.All.Contains(recipe))
            throw new UsageException($"There is no recipe '{recipe}'; there are: {string.Join(", ", RecipeNames.All)}.");
        if (options is { Budget: not null, Kimg: not null })
            throw new UsageException("--budget and --kimg both bound the run; give one of them.");
        foreach (var option in TrainOptionTable.All)
            option.Check(options, recipe);

        // A file of labels is read before hours of other work.
        if (options.Labels is { } labels)
            _ = LabelSource.Parse(labels);

        // The others are always there, and libtorch needn't be asked.
        if (options.Device is not (null or "auto" or "cpu"))
            _ = Device.Parse(options.Device);
    }

    /// <summary>Refuses a size of pictures that the recipe has no network for.</summary>
    /// <exception cref="UsageException">It is none of the recipe's.</exception>
    public static void CheckSize(string? recipe, int size)
    {
        recipe ??= RecipeNames.Auto;
        var sizes = RecipeNames.SizesOf(recipe);
        if (!sizes.Contains(size))
            throw new UsageException(
                $"--recipe {recipe} learns pictures of {string.Join(", ", sizes[..^1])} or {sizes[^1]} pixels, not of {size}. Make a pack "
                    + "of such with --size 64.");
    }

    private static Choice PicturesOf(TrainingPack pack)
    {
        var facts = new Dictionary<string, string> { ["size"] = $"{pack.Size}", ["colours"] = pack.Channels == 1 ? "grey" : "RGB" };
        if (!pack.Aspect.IsSquare)
            facts["aspect"] = $"{pack.Aspect}";
        return new Choice("pictures", $"{pack.Count}") { Why = Reason.PackHolds, With = facts };
    }

    // What no option decides. What options do decide is empty yet: the table fills it.
    private static RecipePlan Begin(PlanContext context)
    {
        var empty = new RecipePlan
        {
            Recipe = context.Recipe,
            Pack = context.Pack.Folder,
            PackFingerprint = context.Pack.Fingerprint,
            Size = context.Pack.Size,
            Aspect = context.Pack.Aspect.IsSquare ? null : context.Pack.Aspect,
            Roll = context.Pack.Roll,
            Channels = context.Pack.Channels,
            Seed = 0,
            Device = "",
            Batch = 0,
            LatentSize = 0,
            GeneratorWidths = [],
            DiscriminatorWidths = [],
            Kernel = 0,
            LearningRate = 0,
            Beta1 = 0,
            Beta2 = 0,
            EmaKimg = 0,
            SnapshotSeconds = 0,
        };
        return context.Recipe == RecipeNames.Dcgan ? DcganPlan.Begin(empty) : AutoPlan.Begin(empty);
    }
}
