namespace Smirk.Gan.Train.Planning;

/// <summary>A plan as a list of settings, for a person.</summary>
public static class PlanInWords
{
    /// <summary>What was chosen and why, then what no option decides, or only together with others.</summary>
    public static IReadOnlyList<Choice> Of(RecipePlan plan)
    {
        Choice[] all =
        [
            new("recipe", plan.Recipe),
            new("seed", $"{plan.Seed}"),
            new("colours", plan.Channels == 1 ? "grey" : "RGB"),
            new("classes", plan.Classes.Count > 0 ? string.Join(", ", plan.Classes) : "none"),
            new("snapshot-every", $"{plan.SnapshotSeconds:0} seconds"),
            new("evaluate-every", plan.EvaluateSeconds > 0 ? $"{plan.EvaluateSeconds:0} seconds" : "never"),
            new("kernel", $"{plan.Kernel}×{plan.Kernel}") { Why = Reason.Recipe },
            new("channels of G", string.Join(", ", plan.GeneratorWidths)),
            new("channels of D", string.Join(", ", plan.DiscriminatorWidths)),
            new("Adam's betas", $"{plan.Beta1}, {plan.Beta2}") { Why = Reason.Recipe },
            new("learning rate at the end", plan.DecayFrom < 1 ? $"{plan.FinalRate:P0}, falling from {plan.DecayFrom:P0} of the run"
                : "unchanged") { Why = Reason.Recipe },
            new("rollbacks allowed", $"{plan.Setbacks}") { Why = Reason.Recipe },
        ];
        return [.. plan.Choices, .. all.Where(choice => plan.Choices.All(chosen => chosen.Name != choice.Name))];
    }
}
