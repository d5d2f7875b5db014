using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Loop;

/// <summary>Where a run stands between its start (0) and its end (1), by pictures or by the clock, and what learning rate belongs
/// there.</summary>
public sealed class Schedule(RecipePlan plan)
{
    /// <summary>0…1.</summary>
    /// <param name="seen">Real pictures shown so far.</param>
    /// <param name="seconds">Seconds trained so far, earlier stretches of the run included.</param>
    public double Progress(long seen, double seconds) => Math.Min(1, plan.Kimg is { } kimg
        ? seen / Math.Max(1, kimg * 1000)
        : seconds / Math.Max(1e-3, plan.BudgetSeconds ?? 0));

    /// <summary>The learning rate at <paramref name="progress"/>, as a share of the plan's: 1 until <see cref="RecipePlan.DecayFrom"/>,
    /// then along a cosine down to <see cref="RecipePlan.FinalRate"/>.</summary>
    public double LearningRateShare(double progress)
    {
        if (progress <= plan.DecayFrom)
            return 1;
        var way = (progress - plan.DecayFrom) / (1 - plan.DecayFrom);
        return plan.FinalRate + (1 - plan.FinalRate) * 0.5 * (1 + Math.Cos(Math.PI * way));
    }
}
