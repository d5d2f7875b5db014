using Smirk.Gan.Data;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train;

/// <summary>Trains a generator on a pack; everything about it ends up in one run folder.</summary>
/// <param name="runs">Where runs lie.</param>
/// <param name="tools">What training gets from outside.</param>
public sealed class TrainStage(RunFolders runs, TrainTools tools)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "train";

    /// <summary>How far training steps back for other programs when nothing is said: they get three times its share of a core that both
    /// want.</summary>
    public const int UsualNice = 5;

    /// <summary>Starts a run, or resumes one where its newest snapshot stopped.</summary>
    /// <param name="options">What was asked for. Nothing is made or changed when one of them is wrong.</param>
    /// <param name="progress">Told of every tick.</param>
    /// <param name="cancel">Saves a snapshot and stops.</param>
    /// <exception cref="UsageException">An option is wrong, doesn't fit the pack, or can't change on resume.</exception>
    /// <exception cref="UnusableInputException">The pack is missing, damaged, too small or changed; the run has no options or damaged
    /// ones.</exception>
    /// <exception cref="TrainingFailedException">A loss became NaN.</exception>
    /// <exception cref="TrainingStoppedException">Another process asked the run to stop; a snapshot was written.</exception>
    public TrainResult Run(TrainOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        TorchRuntime.SetThreads();
        return options.Resume is { } number ? Resume(runs.Open(number), options, progress, cancel) : Start(options, progress, cancel);
    }

    /// <summary>Takes part in a run that another process, rank 0 of the team, starts or resumes with <see cref="Run"/>; writes
    /// nothing.</summary>
    /// <param name="team">All processes; this one isn't rank 0.</param>
    /// <param name="pack">A folder of the run's pack that this process can read; null for where the run says, seen from this process's
    /// own folder of runs.</param>
    /// <exception cref="UnusableInputException">The pack isn't there, or isn't the one that rank 0 trains on.</exception>
    /// <exception cref="OperationCanceledException">Rank 0 stopped the run.</exception>
    public void Follow(Team team, string? pack)
    {
        TorchRuntime.SetThreads();
        var plan = RecipePlan.FromJson(team.Share(""));
        var run = Path.Combine(runs.Folder, team.Share(""));
        using var opened = plan.OpenPack(pack ?? PackPlace.Find(plan.Pack, run), team.Stopping);
        new FollowerLoop(plan, opened, team).Run();
    }

    /// <summary>Whether <paramref name="run"/> was started with just what <paramref name="options"/> would lead to now, whatever was
    /// changed since.</summary>
    public static bool IsPlanOf(RunFolder run, TrainOptions options)
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

        using var pack = TrainingPack.Open(options.Pack, options.Grey);
        var now = RecipePlanner.Plan(options, pack);

        // What the recipe does by itself grows from version to version: a run that was begun by one without is still the run that is
        // asked for.
        var first = then.Started ?? then;
        now = now with
        {
            Refine = options.Refine is null && !Knew("refine") ? first.Refine : now.Refine,
            ClipUpdates = options.ClipUpdates is null && !Knew("clip-updates") ? first.ClipUpdates : now.ClipUpdates,
            Overshoot = options.Overshoot is null && !Knew("overshoot") ? first.Overshoot : now.Overshoot,
            AugmentTarget = options.AugmentTarget is null && !Knew("augment-target") ? first.AugmentTarget : now.AugmentTarget,
        };
        return then.Identity() == now.Identity() || then.Identity() == now.Identity(Workspace.Packs.PackFingerprint.OfVersion1(pack.Rows));

        bool Knew(string option) => first.Choices.Any(choice => choice.Name == option);
    }

    /// <summary>What a run with these options would be, and why; nothing is made.</summary>
    /// <exception cref="UsageException">An option is wrong, or doesn't fit the pack.</exception>
    /// <exception cref="UnusableInputException">The pack is missing, damaged or too small.</exception>
    public static RecipePlan Plan(TrainOptions options, CancellationToken cancel)
    {
        RecipePlanner.Check(options);
        using var pack = TrainingPack.Open(options.Pack, options.Grey, cancel);
        return RecipePlanner.Plan(options, pack);
    }

    private TrainResult Start(TrainOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        RecipePlanner.Check(options);
        using var pack = TrainingPack.Open(options.Pack, options.Grey, cancel);
        var plan = RecipePlanner.Plan(options, pack);
        if (tools.Team is { } team)
            plan = TeamPlan.ForNew(plan, asked: options.Batch is not null, team.Place.Size);
        using var held = runs.Create();
        var run = held.Run;
        plan = plan with { Pack = PackPlace.Store(pack.Folder, run.Path) };

        // The options last: a run that has them is known to whoever was to be told of it, wherever the process is killed.
        tools.Started?.Invoke(run, plan);
        AtomicFile.Write(run.OptionsPath, plan.ToJson());
        foreach (var choice in plan.Choices.Where(choice => choice.Why != Reason.Usual || choice.Name == "length"))
            progress.Report(new StageSaid(Name, $"{choice.Name} {choice.Value}: {choice.InWords}"));
        TellTeam(run, plan);
        return Loop(run, plan, pack, null, progress, cancel);
    }

    private TrainResult Resume(RunFolder run, TrainOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (!File.Exists(run.OptionsPath))
            throw new UnusableInputException($"{run.Path} has no options.json, so it can't be resumed. Start a new run with: smirk train");
        PlanChanges.Check(options);
        using var held = run.Lock();
        var plan = RecipePlan.Read(run.OptionsPath);
        CheckDevice(run, options.Device ?? plan.Device);
        using var pack = plan.OpenPack(options.Pack.Length > 0 ? options.Pack : PackPlace.Find(plan.Pack, run.Path), cancel);
        var (changed, changes) = PlanChanges.Apply(plan, options, pack);
        if (tools.Team is { } team)
            TeamPlan.CheckResumed(changed, team.Place.Size);

        // From here on the run knows just what it learns from, and where that lies in relation to it: earlier versions didn't.
        changed = changed with { Pack = PackPlace.Store(pack.Folder, run.Path), PackFingerprint = pack.Fingerprint };
        if (changed != plan)
            AtomicFile.Write(run.OptionsPath, changed.ToJson());
        run.MakeFolders();
        foreach (var change in changes)
            progress.Report(
                new StageSaid(Name, $"{change.Name} {change.To} from here on{(change.From is null ? "" : $"; it was {change.From}")}"));
        TellTeam(run, changed);
        return Loop(run, changed, pack, changes, progress, cancel);
    }

    private TrainResult Loop(RunFolder run, RecipePlan plan, TrainingPack pack, IReadOnlyList<PlanChange>? changes,
        IProgress<StageProgress> progress, CancellationToken cancel)
    {
        using var asked = new RequestWatch(run, cancel);
        try
        {
            return new TrainingLoop(run, plan, pack, Caching(pack), progress).Run(changes, asked);
        }
        catch (OperationCanceledException) when (asked.WasAskedToStop && !cancel.IsCancellationRequested)
        {
            throw new TrainingStoppedException(run);
        }
    }

    // What the others need to know before the first step: they read the pack meanwhile.
    private void TellTeam(RunFolder run, RecipePlan plan)
    {
        tools.Team?.Share(plan.ToJson());
        tools.Team?.Share(run.Name);
    }

    private TrainTools Caching(TrainingPack pack) => tools with { CacheFolder = tools.CacheFolder ?? pack.Folder };

    private static void CheckDevice(RunFolder run, string device)
    {
        try
        {
            _ = Device.Parse(device);
        }
        catch (DeviceMissingException)
        {
            throw new UnusableInputException(
                $"{run.Path} was to be resumed on {device}, which isn't there now. Resume it here with another --device, such as cpu, or "
                    + "on a machine that has it.");
        }
    }
}
