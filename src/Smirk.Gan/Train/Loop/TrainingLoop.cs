using System.Diagnostics;
using Smirk.Gan.Data;
using Smirk.Gan.Log;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Judging;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Ranks;
using Smirk.Gan.Train.Recipes;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train.Loop;

/// <summary>The loop: feed, step, check, log, measure, snapshot, until the schedule is over or the person stops it.</summary>
internal sealed class TrainingLoop(RunFolder run, RecipePlan plan, TrainingPack pack, TrainTools tools, IProgress<StageProgress> progress)
{
    private const int GridPictures = 64;

    // Often enough to watch, seldom enough to cost nothing; with the step that is under way it stays below five seconds.
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(4);

    // Grids are dense at the start, when most happens: at 1, 2, 4 … kimg, then every 20.
    private const long FirstGrid = 1000;
    private const long GridEvery = 20_000;

    private readonly SnapshotFolder _snapshots = new(run);
    private readonly Team? _team = tools.Team;

    /// <summary>Trains from the start, or from the run's newest snapshot.</summary>
    /// <param name="changes">What was changed when the run was resumed, to be logged; null for a run that starts.</param>
    /// <param name="asked">Tells of Ctrl-C, and of what other processes ask for; both stops save a snapshot first.</param>
    /// <exception cref="TrainingFailedException">A loss became NaN, and rolling back didn't help.</exception>
    /// <exception cref="OperationCanceledException">Stopped by the person; a snapshot was written.</exception>
    public TrainResult Run(IReadOnlyList<PlanChange>? changes, RequestWatch asked)
    {
        var cancel = asked.Stop;

        // Set up what the run consists of.
        var split = HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
        using var steps = new TrainingSteps(plan, pack, split, _team, progress);
        var (recipe, schedule, sums) = (steps.Recipe, steps.Schedule, steps.Losses);
        using var log = new RunLog(run, tools.Png, tools.Clock);
        using var judge =
            plan.EvaluateSeconds > 0 && split.HeldOut.Length > 0 ? new HeldOutJudge(pack, split, plan, tools, progress, cancel) : null;
        using var fixedLatents = FixedLatents(recipe);
        var fixedClasses = plan.ClassesInTurn(GridPictures);
        var remarks = new Remarks(log);
        var collapse = new CollapseWatch();

        // Resume from the newest snapshot, or start with one, so that there is always a last good one.
        var counters = new Steering(plan).Start;
        if (changes is not null && _snapshots.Latest() is { } latest)
        {
            counters = Snapshot.Load(latest, recipe);
            var lines = log.GoBackTo(counters.Kimg);
            judge?.Recall(lines);
            remarks.Recall(lines);
            if (changes.Count > 0)
                log.Write(new LogLine { Kimg = counters.Kimg, Seconds = Math.Round(counters.Seconds, 2), Changes = changes });
            if (schedule.IsOver(counters))
                progress.Report(new StageSaid(TrainStage.Name,
                    $"run {run.Name} is done already, at {counters.Kimg:0.0} kimg; a larger --kimg or --budget extends it"));
        }
        else
            _snapshots.Save(recipe, counters);
        foreach (var (about, text) in Cautions.Of(plan, pack, split))
            Say(remarks, about, text, counters);
        var (lastSnapshot, lastTick, lastJudged, started) = (counters, counters, counters, counters);
        var nextGrid = NextGrid(counters.Seen);
        ShareState(recipe, counters);
        var clock = Stopwatch.StartNew();

        while (!schedule.IsOver(counters))
        {
            // Step.
            _team?.Lead(Command.Step, counters);
            var second = schedule.IsSecond(counters);
            counters = steps.Next(counters).At(started.Seconds + clock.Elapsed.TotalSeconds, second);

            // Check and log. Whether to stop is asked once a step: a Ctrl-C after this line is seen by the next step, which saves before
            // it ends.
            var stopping = cancel.IsCancellationRequested;
            var over = schedule.IsOver(counters);
            var wanted = asked.WantsSnapshot;
            var snapshotDue = over || stopping || wanted || counters.Seconds - lastSnapshot.Seconds >= plan.SnapshotSeconds;
            if (snapshotDue || counters.Seconds - lastTick.Seconds >= TickEvery.TotalSeconds)
            {
                _team?.Lead(Command.AddLosses, counters);
                var losses = sums.TakeMean(_team?.Group);
                if (!losses.IsFinite || snapshotDue && !recipe.HasFiniteWeights())
                {
                    counters = GoBack(log, remarks, recipe, counters, losses);
                    (lastTick, lastSnapshot, started) = (counters, counters, counters);
                    ShareState(recipe, counters);
                    clock.Restart();
                    continue;
                }

                Tick(log, losses, counters, lastTick, schedule, steps.Threads);
                lastTick = counters;
                if (!schedule.IsSecond(counters)
                    && collapse.Note(losses.Diversity, counters) is { } fell
                    && Collapsed(log, remarks, recipe, counters, fell, losses, schedule.FirstProgress(counters)) is { } earlier)
                {
                    counters = earlier;
                    (lastTick, lastSnapshot, started) = (counters, counters, counters);
                    nextGrid = NextGrid(counters.Seen);
                    collapse.Forget();
                    ShareState(recipe, counters);
                    clock.Restart();
                    continue;
                }
            }

            // Draw a grid.
            if (over || wanted || counters.Seen >= nextGrid)
            {
                WriteGrid(log, recipe, fixedLatents, fixedClasses, counters.Seen);
                nextGrid = NextGrid(counters.Seen);
            }

            // Snapshot, measured when it is time for that.
            if (snapshotDue)
            {
                recipe.SettleAverage();
                var path = _snapshots.Save(recipe, counters);
                lastSnapshot = counters;
                if (wanted)
                    asked.SnapshotTaken();
                log.WriteWeights(recipe.Generator, recipe.Discriminator, counters.Seen);
                if (judge is not null && !stopping && (over || counters.Seconds - lastJudged.Seconds >= plan.EvaluateSeconds))
                {
                    Judge(judge, log, remarks, recipe, path, counters);
                    lastJudged = counters;
                }
            }

            if (stopping)
            {
                _team?.Lead(Command.Stop, counters);
                cancel.ThrowIfCancellationRequested();
            }
        }

        _team?.Lead(Command.End, counters);
        return new TrainResult(run, counters, _snapshots.Latest()!, _snapshots.Best(), remarks.All);
    }

    private void Say(Remarks remarks, string about, string text, TrainCounters now)
    {
        if (remarks.Add(about, text, now))
            progress.Report(new StageSaid(TrainStage.Name, text));
    }

    private void Tick(RunLog log, StepLosses losses, TrainCounters now, TrainCounters before, Schedule schedule, int? threads)
    {
        var speed = (now.Seen - before.Seen) / Math.Max(1e-9, now.Seconds - before.Seconds);
        var rate = plan.LearningRate * now.RateFactor * schedule.LearningRateShare(schedule.StageProgress(now));
        log.Write(new LogLine
        {
            Kimg = now.Kimg,
            Seconds = Math.Round(now.Seconds, 2),
            LossD = losses.Discriminator,
            LossG = losses.Generator,
            DReal = losses.Real,
            DFake = losses.Fake,
            Diversity = double.IsNaN(losses.Diversity) ? null : Math.Round(losses.Diversity, 4),
            AugmentShare = plan.AugmentTarget is null || schedule.IsSecond(now) ? null : Math.Round(now.AugmentShare, 3),
            ImgPerSecond = speed,
            LearningRate = rate,
            Threads = threads,
        });
        var pace = $"{speed:0} img/s{(threads is null ? "" : $" ({threads} thread{(threads == 1 ? "" : "s")})")}  {losses}";
        progress.Report(plan.Kimg is { } kimg
            ? new StageAdvanced(TrainStage.Name, now.Kimg, kimg, "kimg", pace)
            : new StageAdvanced(TrainStage.Name, now.Seconds, plan.BudgetSeconds, "s", $"{now.Kimg:0.0} kimg  {pace}"));
    }

    // Rolls back to the newest snapshot with half the learning rate; when that has happened too often, or the recipe wants to be stopped,
    // the run ends.
    private TrainCounters GoBack(RunLog log, Remarks remarks, Recipe recipe, TrainCounters now, StepLosses losses)
    {
        var good = _snapshots.Latest()!;
        var seen = $"{(losses.IsFinite ? "a weight" : "loss")} became NaN at {now.Kimg:0.0} kimg ({losses})";
        if (now.Setbacks >= plan.Setbacks)
            throw new TrainingFailedException(
                $"Training stopped: {seen}. The last good snapshot is {good}. Resume it with a smaller --learning-rate than "
                    + $"{plan.LearningRate}, or start a new run with another --seed.");
        var counters = Snapshot.Load(good, recipe);
        log.GoBackTo(counters.Kimg);
        var remark = $"{seen}; rolled back to {counters.Kimg:0.0} kimg and halved the learning rate";
        remarks.Add($"setback {now.Setbacks + 1}", remark, counters);
        progress.Report(new StageWarned(TrainStage.Name, run.Name, remark));
        return counters with
        {
            RateFactor = now.RateFactor / 2,
            Setbacks = now.Setbacks + 1,
            Seconds = now.Seconds,
            UpscaleSeconds = now.UpscaleSeconds,
        };
    }

    // Told, and answered: back to before it began, with a stronger penalty and augmentation. Null where that has been tried, or the recipe
    // has neither.
    private TrainCounters? Collapsed(
        RunLog log, Remarks remarks, Recipe recipe, TrainCounters now, TrainCounters fell, StepLosses losses, double done)
    {
        var seen =
            $"G has collapsed: since {fell.Kimg:0.0} kimg its pictures{(plan.Classes.Count > 0 ? " of a class" : "")} lie only "
                + $"{losses.Diversity:0.00} times as far apart as real ones";
        if (!CollapseWatch.MayAnswer(plan, now, done))
        {
            Say(remarks, "collapsed", $"{seen}. Try a larger --gamma than {plan.Gamma}, another --seed, or more varied pictures", now);
            return null;
        }

        var counters = Snapshot.Load(_snapshots.GoBackTo(fell.Seen), recipe) with
        {
            Firmness = now.Firmness + 1,
            AugmentShare = 1,
            RateFactor = now.RateFactor,
            Setbacks = now.Setbacks,
            Seconds = now.Seconds,
            UpscaleSeconds = now.UpscaleSeconds,
        };
        log.GoBackTo(counters.Kimg);
        var remark =
            $"{seen}; rolled back to {counters.Kimg:0.0} kimg, with an eight times stronger gradient penalty, in every step, "
                + "and more augmentation";
        remarks.Add($"collapse {counters.Firmness}", remark, counters);
        progress.Report(new StageWarned(TrainStage.Name, run.Name, remark));
        return counters;
    }

    private void Judge(HeldOutJudge judge, RunLog log, Remarks remarks, Recipe recipe, string snapshot, TrainCounters counters)
    {
        // Not a part of a step: the others wait meanwhile.
        recipe.ShareSteps(false);
        var verdict = judge.Measure(recipe);
        recipe.ShareSteps(true);
        log.Write(new LogLine { Kimg = counters.Kimg, Seconds = Math.Round(counters.Seconds, 2), Metrics = verdict.Metrics });
        if (verdict.IsBest)
            _snapshots.MarkBest(snapshot);
        foreach (var (about, text) in verdict.Findings)
            Say(remarks, about, text, counters);
    }

    // The other processes of a team go on from where this one is.
    private void ShareState(Recipe recipe, TrainCounters counters)
    {
        _team?.Lead(Command.TakeState, counters);
        _team?.ShareState(recipe, counters);
    }

    private void WriteGrid(RunLog log, Recipe recipe, Tensor latents, long[]? classes, long seen)
    {
        recipe.SettleAverage();
        using var scope = TensorScope.Open();
        var pictures = Sampler.Pictures(recipe.Average, latents, classes);
        log.WriteGrid(Grid.Of(plan.View.Of(pictures), Grid.ColumnsFor(GridPictures)), seen);
    }

    private Tensor FixedLatents(Recipe recipe)
    {
        using var random = new Generator(Seed.Derive(plan.Seed, "grid"));
        return recipe.Latents(GridPictures, random);
    }

    private static long NextGrid(long seen)
    {
        var next = FirstGrid;
        while (next <= seen && next < GridEvery)
            next *= 2;
        return next <= seen || next >= GridEvery ? (seen / GridEvery + 1) * GridEvery : next;
    }
}
