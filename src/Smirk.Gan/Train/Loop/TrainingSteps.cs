using Smirk.Gan.Data;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train.Loop;

/// <summary>The steps of a run, of both stages: all that they need and change, the same in every process of a team.</summary>
internal sealed class TrainingSteps : IDisposable
{
    private readonly RecipePlan _plan;
    private readonly IProgress<StageProgress>? _progress;
    private readonly Feed _feed;
    private readonly StepThreads _threads;
    private readonly Steering _steering;

    /// <summary>Makes networks from the plan's seed, and puts the pictures on the device.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="pack">All pictures.</param>
    /// <param name="split">Which are learnt from.</param>
    /// <param name="team">Processes that make each step together; null for one process.</param>
    /// <param name="progress">Told when the second stage begins; null for nobody.</param>
    public TrainingSteps(RecipePlan plan, TrainingPack pack, HeldOutSplit split, Team? team, IProgress<StageProgress>? progress)
    {
        (_plan, _progress, Schedule) = (plan, progress, new Schedule(plan));
        Recipe = Recipe.Create(team?.OnOwnDevice(plan) ?? plan, team?.Group);
        _feed = new Feed(pack, split, Recipe.Plan, team?.Place.Rank ?? 0, team?.Place.Size ?? 1);
        _threads = new StepThreads(plan, Math.Max(1, Environment.ProcessorCount / (team?.Place.LocalSize ?? 1)));
        _steering = new Steering(plan);
        Losses = new LossSums(Recipe.Device);
    }

    /// <summary>Networks, optimisers and random numbers.</summary>
    public Recipe Recipe { get; }

    /// <summary>Which stage is at work, and how much of it is over.</summary>
    public Schedule Schedule { get; }

    /// <summary>The losses of this process's steps.</summary>
    public LossSums Losses { get; }

    /// <summary>Threads in use where their number is found while the run goes on; null where it is fixed.</summary>
    public int? Threads => _threads.Found;

    /// <summary>Makes the step that follows <paramref name="now"/>.</summary>
    /// <returns>Where the run stands then; the time is left as it was.</returns>
    public TrainCounters Next(TrainCounters now)
    {
        var second = Schedule.IsSecond(now);
        _threads.Begin(second);
        using (TensorScope.Open())
        {
            Recipe.ScaleLearningRate(Schedule.LearningRateShare(Schedule.StageProgress(now)) * now.RateFactor);
            now = second ? UpscaleStep(now) : Step(now);
        }

        _threads.End();
        return now;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Losses.Dispose();
        _feed.Dispose();
        Recipe.Dispose();
    }

    // Both networks of the first stage are updated.
    private TrainCounters Step(TrainCounters now)
    {
        var before = now.Seen - now.UpscaleSeen;
        Recipe.Firmness = now.Firmness;
        var policy = now.Firmness > 0 ? _plan.Augment.Firmer() : _plan.Augment;
        Recipe.Augment = policy.At(Schedule.FirstProgress(now)) with { Share = now.AugmentShare };
        var (pictures, classes) = _feed.Batch(before, Recipe.Random);
        var losses = Recipe.Step(pictures, classes, now.Step - now.UpscaleSteps);
        Losses.Add(losses);
        if (_steering.Reads(now))
            now = _steering.Steer(now, losses.Select(0, 0).ToDouble());
        Recipe.UpdateAverage(_plan.Batch, before + _plan.Batch);
        return now with { Step = now.Step + 1, GeneratorSteps = now.GeneratorSteps + _plan.GeneratorSteps, Seen = now.Seen + _plan.Batch };
    }

    // The upsampler and its discriminator are updated.
    private TrainCounters UpscaleStep(TrainCounters now)
    {
        if (now.UpscaleSteps == 0)
            _progress?.Report(new StageSaid(
                TrainStage.Name, $"at {now.Kimg:0.0} kimg the upsampler's stage begins: from {_plan.SmallSize} to {_plan.Size} pixels"));
        var count = _plan.Upscale!.Batch;
        var (crops, small) = _feed.Crops(now.UpscaleSeen, Recipe.Random);
        Losses.Add(Recipe.UpscaleStep(crops, small, Schedule.SecondProgress(now), now.UpscaleSteps));
        Recipe.Upscaling!.UpdateAverage(count, now.UpscaleSeen + count);
        return now with
        {
            Step = now.Step + 1,
            Seen = now.Seen + count,
            UpscaleSteps = now.UpscaleSteps + 1,
            UpscaleSeen = now.UpscaleSeen + count,
            PatchSteps = Recipe.Upscaling.DiscriminatorOptimiser.Steps,
        };
    }
}
