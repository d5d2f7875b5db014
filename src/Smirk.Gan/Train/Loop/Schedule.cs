using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Loop;

/// <summary>Where a run stands between its start (0) and its end (1), by pictures or by the clock, which stage is at work, and what
/// learning rate belongs there.</summary>
/// <remarks>A run with an upsampler has two stages, each with a schedule of its own. They are told apart by what each has had so far, so
/// a run that is given a later end goes back to its first stage.</remarks>
public sealed class Schedule(RecipePlan plan)
{
    private readonly double _second = plan.Upscale?.Share ?? 0;

    /// <summary>How much of the whole run is over, 0…1.</summary>
    public double Progress(TrainCounters now) =>
        plan.Upscale is null ? FirstProgress(now) : (1 - _second) * FirstProgress(now) + _second * SecondProgress(now);

    /// <summary>Whether the run is at its end.</summary>
    public bool IsOver(TrainCounters now) => FirstProgress(now) >= 1 && (plan.Upscale is null || SecondProgress(now) >= 1);

    /// <summary>How much of the first stage is over, 0…1.</summary>
    public double FirstProgress(TrainCounters now) => Share(now.Seen - now.UpscaleSeen, now.Seconds - now.UpscaleSeconds, 1 - _second);

    /// <summary>How much of the second stage is over, 0…1; 0 where there is none.</summary>
    public double SecondProgress(TrainCounters now) => plan.Upscale is null ? 0 : Share(now.UpscaleSeen, now.UpscaleSeconds, _second);

    /// <summary>Whether the second stage is at work.</summary>
    public bool IsSecond(TrainCounters now) => plan.Upscale is not null && FirstProgress(now) >= 1;

    /// <summary>How much of the stage at work is over, 0…1.</summary>
    public double StageProgress(TrainCounters now) => IsSecond(now) ? SecondProgress(now) : FirstProgress(now);

    /// <summary>The learning rate when <paramref name="progress"/> of a stage is over, as a share of the plan's: 1 until
    /// <see cref="RecipePlan.DecayFrom"/>, then along a cosine down to <see cref="RecipePlan.FinalRate"/>.</summary>
    public double LearningRateShare(double progress)
    {
        if (progress <= plan.DecayFrom)
            return 1;
        var way = (progress - plan.DecayFrom) / (1 - plan.DecayFrom);
        return plan.FinalRate + (1 - plan.FinalRate) * 0.5 * (1 + Math.Cos(Math.PI * way));
    }

    private double Share(long seen, double seconds, double ofRun) => Math.Min(1, plan.Kimg is { } kimg
        ? seen / Math.Max(1, kimg * 1000 * ofRun)
        : seconds / Math.Max(1e-3, (plan.BudgetSeconds ?? 0) * ofRun));
}
