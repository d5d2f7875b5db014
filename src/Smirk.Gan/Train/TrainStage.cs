using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train;

/// <summary>Trains a generator on a pack; everything about it ends up in one run folder.</summary>
public static class TrainStage
{
    /// <summary>Starts a run: resolves the options, writes them, trains.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="packFolder">The pack, such as WS/packs/64.</param>
    /// <param name="runs">Where the run's folder is made; nothing is made when an option is wrong.</param>
    /// <param name="tools">What training gets from outside.</param>
    /// <param name="progress">Told of every tick.</param>
    /// <param name="cancel">Saves a snapshot and stops.</param>
    /// <exception cref="UsageException">An option is wrong, or doesn't fit the pack.</exception>
    /// <exception cref="UnusableInputException">The pack is missing, damaged or too small.</exception>
    /// <exception cref="TrainingFailedException">A loss isn't a number any more.</exception>
    public static TrainResult Run(TrainOptions options, string packFolder, RunFolders runs, TrainTools tools, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        using var pack = TrainingPack.Open(packFolder, options.Grey);
        var plan = RecipePlanner.Plan(options, pack);
        using var held = runs.Create();
        var run = held.Run;

        // The options last: a run that has them is known to whoever was to be told of it, wherever the process is killed.
        tools.Started?.Invoke(run);
        AtomicFile.Write(run.OptionsPath, plan.ToJson());
        foreach (var choice in plan.Choices)
            progress.Report(new StageSaid("train", $"{choice.Name} {choice.Value}: {choice.Reason}"));
        return Train(run, plan, pack, tools, resume: false, progress, cancel);
    }

    /// <summary>Goes on with a run where its newest snapshot stopped, up to its planned end or a longer one.</summary>
    /// <param name="run">The run.</param>
    /// <param name="kimg">A new end in thousands of pictures; null keeps the plan's.</param>
    /// <param name="budget">A new end in time, over all stretches; null keeps the plan's.</param>
    /// <param name="tools">What training gets from outside.</param>
    /// <param name="progress">Told of every tick.</param>
    /// <param name="cancel">Saves a snapshot and stops.</param>
    /// <exception cref="UnusableInputException">The run has no options or damaged ones, or its pack is gone or changed.</exception>
    public static TrainResult Resume(RunFolder run, double? kimg, TimeSpan? budget, TrainTools tools, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (!File.Exists(run.OptionsPath))
            throw new UnusableInputException($"{run.Path} has no options.json, so it can't be resumed. Start anew with: smirk train");
        using var held = run.Lock();
        var plan = RecipePlan.Read(run.OptionsPath);
        try
        {
            _ = Device.Parse(plan.Device);
        }
        catch (DeviceMissingException)
        {
            throw new UnusableInputException($"{run.Path} was started on {plan.Device}, which isn't there now. Go on with it where it is, or start a new run here with: smirk train");
        }

        if (kimg is not null || budget is not null)
        {
            plan = plan.EndingAt(new RunLength(kimg, kimg is null ? budget!.Value.TotalSeconds : null), "asked for when it was gone on with");
            AtomicFile.Write(run.OptionsPath, plan.ToJson());
        }

        using var pack = plan.OpenPack();
        run.MakeFolders();
        return Train(run, plan, pack, tools, resume: true, progress, cancel);
    }

    /// <summary>Whether <paramref name="run"/> was started with just what <paramref name="options"/> would lead to now, whatever end it was given since.</summary>
    public static bool IsPlanOf(RunFolder run, TrainOptions options, string packFolder)
    {
        if (!File.Exists(run.OptionsPath))
            return false;
        RecipePlan then;
        try
        {
            then = RecipePlan.Read(run.OptionsPath);
        }
        catch (UnusableInputException)
        {
            return false;
        }

        using var pack = TrainingPack.Open(packFolder, options.Grey);
        var now = RecipePlanner.Plan(options, pack);
        if (then.StartedFor is { } length && length == new RunLength(now.Kimg, now.BudgetSeconds))
            (now, then) = (now with { Choices = [] }, then with { Kimg = length.Kimg, BudgetSeconds = length.BudgetSeconds, StartedFor = null, Choices = [] });
        return now.ToJson() == then.ToJson();
    }

    private static TrainResult Train(RunFolder run, RecipePlan plan, TrainingPack pack, TrainTools tools, bool resume, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        TorchRuntime.SetThreads();
        return new TrainingLoop(run, plan, pack, tools with { CacheFolder = tools.CacheFolder ?? pack.Folder }, progress).Run(resume, cancel);
    }
}
