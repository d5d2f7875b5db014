using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train.Planning;

/// <summary>One option of training: all that the command line, the check, the plan, options.json and the report know of it.</summary>
public abstract class TrainOption
{
    /// <summary>As the command line spells it, without dashes.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for --help; which recipes have it is put before that.</summary>
    public required string Help { get; init; }

    /// <summary>What stands for the value in --help.</summary>
    public string HelpName { get; init; } = "n";

    /// <summary>What is the same as leaving the option out, such as "auto"; null where every value is a wish.</summary>
    public string? Usual { get; init; }

    /// <summary>A value that may be asked of recipes that haven't got the option: it says so.</summary>
    public string? Off { get; init; }

    /// <summary>Whether a run can be resumed with another value.</summary>
    public bool ChangesOnResume { get; init; }

    /// <summary>Whether the option stands alone, without a value.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The recipes that have it; empty for all.</summary>
    public abstract IReadOnlyCollection<string> Recipes { get; }

    /// <summary>Whether it was given at all.</summary>
    public abstract bool IsGiven(TrainOptions options);

    /// <summary>The options with this one read from <paramref name="text"/>.</summary>
    /// <exception cref="UsageException">The text is none of its values.</exception>
    public abstract TrainOptions Read(TrainOptions options, string text);

    /// <summary>Refuses a value that is out of range, or that the recipe doesn't know.</summary>
    /// <exception cref="UsageException">As said.</exception>
    internal abstract void Check(TrainOptions options, string recipe);

    /// <summary>Puts what was asked for, or else what the recipe chooses, into the plan.</summary>
    /// <returns>The plan, and the choice; null where the option doesn't set anything by itself.</returns>
    internal abstract (RecipePlan Plan, Choice? Choice) Resolve(PlanContext context, RecipePlan plan);
}

/// <summary>An option whose values are of type <typeparamref name="T"/>.</summary>
internal sealed class TrainOption<T> : TrainOption
{
    /// <summary>The value that was given, if any.</summary>
    internal required Func<TrainOptions, (bool Given, T Value)> Get { get; init; }

    /// <summary>The options with another value.</summary>
    internal required Func<TrainOptions, T, TrainOptions> Set { get; init; }

    /// <summary>The values that it takes.</summary>
    internal required OptionRange<T> Range { get; init; }

    /// <summary>The plan with the value in it; null for what the planner works out of several options.</summary>
    internal Func<RecipePlan, T, PlanContext, RecipePlan>? Plan { get; init; }

    /// <summary>What a recipe chooses by itself, by its name. Recipes that aren't named haven't got the option, unless none is.</summary>
    internal Dictionary<string, Func<PlanContext, Chosen<T>>> Defaults { get; init; } = [];

    /// <summary>What every recipe chooses that <see cref="Defaults"/> doesn't name.</summary>
    internal Func<PlanContext, Chosen<T>>? Default { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Recipes => Default is not null || Plan is null ? [] : Defaults.Keys;

    /// <inheritdoc/>
    public override bool IsGiven(TrainOptions options) => Get(options).Given;

    /// <inheritdoc/>
    public override TrainOptions Read(TrainOptions options, string text) =>
        OptionText.TryParse<T>(text, out var value) && Range.Contains(value) ? Set(options, value) : throw Wrong(text);

    internal override void Check(TrainOptions options, string recipe)
    {
        if (!Get(options).Given)
            return;
        var text = OptionText.Of(Get(options).Value);
        if (!Range.Contains(Get(options).Value))
            throw Wrong(text);
        if (text != Usual && text != Off && Recipes.Count > 0 && !Recipes.Contains(recipe))
            throw new UsageException(
                $"--{Name}: the recipe '{recipe}' has no such setting. Leave it out, or take --recipe {string.Join(" or ", Recipes)}.");
    }

    internal override (RecipePlan Plan, Choice? Choice) Resolve(PlanContext context, RecipePlan plan)
    {
        var usual = Defaults.GetValueOrDefault(context.Recipe) ?? Default;
        if (Plan is null || usual is null)
            return (plan, null);
        var (given, value) = Get(context.Options);
        var chosen = given && OptionText.Of(value) != Usual ? new Chosen<T>(value, context.AskedFor) : usual(context);
        return (Plan(plan, chosen.Value, context), new Choice(Name, OptionText.Of(chosen.Value)) { Why = chosen.Why, With = chosen.With });
    }

    private UsageException Wrong(string text) => new($"--{Name} {text}: expected {Range.Words}.");
}
