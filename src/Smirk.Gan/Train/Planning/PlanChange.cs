using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train.Planning;

/// <summary>A setting that was given another value when a run was resumed.</summary>
/// <param name="Name">As the command line spells it; "length" for --kimg and --budget.</param>
/// <param name="From">The value before; null where an earlier version of Smirk didn't keep it.</param>
/// <param name="To">The value from here on.</param>
public sealed record PlanChange(string Name, string? From, string To);

/// <summary>Puts what was asked for on resuming into a run's plan.</summary>
internal static class PlanChanges
{
    /// <summary>Refuses what can't change when a run is resumed.</summary>
    /// <exception cref="UsageException">An option is wrong, or can't change; the message names it.</exception>
    public static void Check(TrainOptions options)
    {
        if (TrainOptionTable.All.FirstOrDefault(option => option.IsGiven(options) && !option.ChangesOnResume) is { } fixedOption)
            throw new UsageException(
                $"--{fixedOption.Name} can't change when a run is resumed; these can: {TrainOptionTable.NamesOnResume}. Leave it out, or "
                    + "start a new run without --resume.");
        RecipePlanner.Check(options);
    }

    /// <summary>The plan with what was asked for, and what that changed.</summary>
    public static (RecipePlan Plan, IReadOnlyList<PlanChange> Changes) Apply(RecipePlan plan, TrainOptions options, TrainingPack pack)
    {
        var context = new PlanContext(plan.Recipe, options, pack, Device.Parse(options.Device ?? plan.Device), Reason.AskedOnResume);
        var changed = plan;
        var choices = new List<Choice>();
        if (options.Kimg is not null || options.Budget is not null)
        {
            changed = changed with
            {
                Kimg = options.Kimg,
                BudgetSeconds = options.Budget?.TotalSeconds,
                Upscale = changed.Upscale?.InUnitOf(plan.Kimg is null, options.Kimg is null),
            };
            choices.Add(RecipePlanner.LengthOf(changed, Reason.AskedOnResume));
        }

        foreach (var option in TrainOptionTable.All.Where(option => option.IsGiven(options)))
        {
            (changed, var choice) = option.Resolve(context, changed);
            if (choice is not null)
                choices.Add(choice);
        }

        PlanChange[] changes =
            [.. choices.Select(to => new PlanChange(to.Name, ValueIn(plan, to.Name), to.Value)).Where(change => change.From != change.To)];
        return changes.Length == 0
            ? (plan, [])
            : (changed with
            {
                Started = plan.Started
                ?? plan,
                Choices = [.. plan.Choices.Where(was => choices.All(to => to.Name != was.Name)), .. choices]
            }, changes);
    }

    private static string? ValueIn(RecipePlan plan, string name) => plan.Choices.FirstOrDefault(choice => choice.Name == name)?.Value;
}
