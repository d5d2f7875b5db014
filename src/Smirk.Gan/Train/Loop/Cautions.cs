using Smirk.Gan.Data;
using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Loop;

/// <summary>What a person should know before the first step.</summary>
internal static class Cautions
{
    /// <summary>Each with what it is about.</summary>
    public static IEnumerable<(string About, string Text)> Of(RecipePlan plan, TrainingPack pack, HeldOutSplit split)
    {
        if (plan.HeldOut > 0 && split.Caution is { } few)
            yield return ("few", few);
        if (ClassBalance.Caution(plan.Classes, plan.ClassCounts) is { } rare)
            yield return ("rare", rare);
        if (pack.CountDifferent() is var different && different * 2 <= pack.Count)
        {
            yield return ("alike",
                $"of {pack.Count} pictures only {different} differ from each other: a generator can learn little but to repeat "
                    + $"{(different == 1 ? "it" : "them")}, and what is measured says little");
        }
    }
}
