using System.Text.RegularExpressions;
using Smirk.Gan.Log;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests.Train;

[Collection(nameof(Alone))]
public sealed class TrainStageTests
{
    private static readonly TrainOptions Small = new()
    {
        Kimg = 0.16,
        Batch = 8,
        Width = 0.1,
        Seed = 3,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0,
    };
    private static readonly IProgress<StageProgress> Nobody = Trained.Nobody;

    [Theory]
    [InlineData("auto")]
    [InlineData("dcgan")]
    public void A_run_killed_and_resumed_equals_an_undisturbed_one_bit_for_bit(string recipe)
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var options = Small with { Recipe = recipe, Width = recipe == "auto" ? 0.1 : null, Batch = 32, Kimg = 1.3 };
        var whole =
            Trained.Run(options, pack, new RunFolders(folder.File("whole/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);

        // The first grid is drawn after 1,000 pictures: in the middle of the run.
        using var cancel = new CancellationTokenSource();
        var runs = new RunFolders(folder.File("parts/x")[..^2]);
        var stopping = TestEncoders.Tools with { Png = (width, height, rgb) => Stop(cancel) };
        Assert.Throws<OperationCanceledException>(() => Trained.Run(options, pack, runs, stopping, Nobody, cancel.Token));
        var resumed = Trained.Resume(runs.Latest()!, new TrainOptions());

        Assert.Equal(whole.Counters.Step, resumed.Counters.Step);
        using var a = SafetensorsFile.Open(whole.Snapshot);
        using var b = SafetensorsFile.Open(resumed.Snapshot);
        Assert.Equal(a.Names, b.Names);
        foreach (var name in a.Names)
            Assert.True(a.Bytes(name).SequenceEqual(b.Bytes(name)), $"{name} differs");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        byte[] Weights(ulong seed)
        {
            var result =
                Trained.Run(Small with { Seed = seed, Kimg = 0.04 }, pack, runs, TestEncoders.Tools, Nobody, CancellationToken.None);
            using var file = SafetensorsFile.Open(result.Snapshot);
            return file.Bytes("ema.layer1.weight").ToArray();
        }

        var once = Weights(5);
        Assert.Equal(once, Weights(5));
        Assert.NotEqual(once, Weights(6));
    }

    [Fact]
    public void A_resumed_run_calls_nothing_the_best_that_is_worse_than_what_came_before()
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Kimg = 0.2, HeldOut = 0.25, EvaluateEvery = TimeSpan.FromMilliseconds(1) };
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        var first = Trained.Run(options, KnownFeatures.Beside(TinyPack.Write(folder), options), runs, TestEncoders.Tools, Nobody,
            CancellationToken.None);

        // As if it had been perfect then.
        var log = first.Run.LogPath;
        File.WriteAllText(log, Regex.Replace(File.ReadAllText(log), "\"frechet_trained\":[-0-9.eE]+", "\"frechet_trained\":0"));
        var second = Trained.Resume(first.Run, new TrainOptions { Kimg = 0.4 });
        Assert.NotEqual(first.Snapshot, second.Snapshot);
        Assert.Equal(first.Best, second.Best);
    }

    [Fact]
    public void Resume_works_after_samples_and_events_were_deleted()
    {
        using var folder = new TemporaryFolder();
        var first = Trained.Run(Small, TinyPack.Write(folder), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody,
            CancellationToken.None);
        Directory.Delete(first.Run.SamplesFolder, recursive: true);
        Directory.Delete(first.Run.EventsFolder, recursive: true);

        Assert.Equal(0.2, Trained.Resume(first.Run, new TrainOptions { Kimg = 0.2 }).Counters.Kimg, 3);
        Assert.NotEmpty(Directory.GetFiles(first.Run.EventsFolder));
    }

    [Fact]
    public void Resume_works_for_a_plan_of_an_earlier_version_without_thumbnail_and_gates()
    {
        using var folder = new TemporaryFolder();
        var first = Trained.Run(Small with { Thumbnail = 0, Gates = 0 }, TinyPack.Write(folder),
            new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);
        var options = File.ReadAllText(first.Run.OptionsPath);
        File.WriteAllText(first.Run.OptionsPath, options.Replace("\"thumbnail\": 0,", "", StringComparison.Ordinal)
            .Replace("\"gates\": 0,", "", StringComparison.Ordinal));
        Assert.DoesNotMatch("\"(thumbnail|gates)\":", File.ReadAllText(first.Run.OptionsPath));

        Assert.Equal(0.2, Trained.Resume(first.Run, new TrainOptions { Kimg = 0.2 }).Counters.Kimg, 3);
    }

    [Fact]
    public void A_thumbnail_that_does_not_divide_every_size_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<UsageException>(() => Trained.Run(
            Small with { Thumbnail = 12 }, TinyPack.Write(folder), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody,
            CancellationToken.None));
        Assert.Contains("--thumbnail 12", error.Message);
    }

    [Fact]
    public void A_run_leaves_options_log_events_snapshots_and_grids()
    {
        using var folder = new TemporaryFolder();
        var options = Small with { HeldOut = 0.25, EvaluateEvery = TimeSpan.FromSeconds(1) };
        var result = Trained.Run(options, KnownFeatures.Beside(TinyPack.Write(folder, count: 80), options),
            new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);

        var plan = RecipePlan.FromJson(File.ReadAllText(result.Run.OptionsPath));
        Assert.Equal(0.16, plan.Kimg);
        Assert.All(plan.Choices, choice => Assert.NotEmpty(choice.InWords));
        var log = LogLine.ReadAll(result.Run.LogPath);
        var last = log.Last(l => l.LossD is not null);
        Assert.Equal(0.16, last.Kimg, 3);
        Assert.All([last.LossD, last.LossG, last.DReal, last.DFake, last.ImgPerSecond], value =>
            Assert.True(double.IsFinite(value!.Value)));
        Assert.Contains(log, l => l.Metrics is not null && l.Metrics.ContainsKey("frechet_trained")
            && l.Metrics.ContainsKey("training_bias"));
        Assert.Single(Directory.GetFiles(result.Run.EventsFolder));
        Assert.NotEmpty(Directory.GetFiles(result.Run.SamplesFolder, "grid-*"));
        Assert.Equal(result.Best, new SnapshotFolder(result.Run).Best());
    }

    [Fact]
    public void Ctrl_C_saves_a_snapshot_to_resume_from()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        cancel.CancelAfter(TimeSpan.FromSeconds(2));
        Assert.Throws<OperationCanceledException>(
            () => Trained.Run(Small with { Kimg = 10_000 }, TinyPack.Write(folder), runs, TestEncoders.Tools, Nobody, cancel.Token));
        var run = runs.Latest()!;
        using var recipe = Recipe.Create(RecipePlan.FromJson(File.ReadAllText(run.OptionsPath)));
        Assert.True(Snapshot.Load(new SnapshotFolder(run).Latest()!, recipe).Step > 0);
    }

    [Fact]
    public void NaN_loss_ends_dcgan_and_names_the_last_good_snapshot()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        var error = Assert.Throws<TrainingFailedException>(() =>
            Trained.Run(Small with { Recipe = "dcgan", Width = null, LearningRate = 1e30 }, TinyPack.Write(folder), runs,
                TestEncoders.Tools, Nobody, CancellationToken.None));
        Assert.Contains(new SnapshotFolder(runs.Latest()!).Latest()!, error.Message);
    }

    [Fact]
    public void NaN_loss_rolls_auto_back_three_times_with_half_the_learning_rate()
    {
        using var folder = new TemporaryFolder();
        var warnings = new Warnings();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        Assert.Throws<TrainingFailedException>(
            () => Trained.Run(Small with { LearningRate = 1e30 }, TinyPack.Write(folder), runs, TestEncoders.Tools, warnings,
                CancellationToken.None));
        Assert.Equal(3, warnings.All.Count);
        Assert.All(warnings.All, w => Assert.Contains("halved the learning rate", w.Reason));
    }

    [Fact]
    public void A_step_that_spoils_the_weights_after_a_good_loss_leaves_no_snapshot()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        var error = Assert.Throws<TrainingFailedException>(() =>
            Trained.Run(Small with { LearningRate = 3e38, Kimg = 0.008 }, TinyPack.Write(folder), runs, TestEncoders.Tools, Nobody,
                CancellationToken.None));
        Assert.Contains("a weight became NaN", error.Message);
        Assert.Single(Directory.GetFiles(runs.Latest()!.SnapshotsFolder, "*.safetensors"));
    }

    [Fact]
    public void Memory_and_tensors_stay_flat_over_a_thousand_steps()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        Trained.Run(Small with { Kimg = 0.8 }, pack, runs, TestEncoders.Tools, Nobody, CancellationToken.None);
        var (tensors, memory) = (StillHeld(), Environment.WorkingSet);
        Trained.Run(Small with { Kimg = 8 }, pack, runs, TestEncoders.Tools, Nobody, CancellationToken.None);

        Assert.Equal(tensors, StillHeld());
        Assert.InRange(Environment.WorkingSet - memory, long.MinValue, 60_000_000);
    }

    // Without those of runs that ended in an exception, in tests before this one, which are left to the garbage collector.
    private static long StillHeld()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.LiveCount;
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Ten_thousand_steps_at_64_pixels_grow_by_less_than_20_MB()
    {
        using var folder = new TemporaryFolder();
        var resident = new Resident();
        Trained.Run(Small with { Kimg = 24, Batch = 2 }, TinyPack.Write(folder, size: 64), new RunFolders(folder.File("runs/x")[..^2]),
            TestEncoders.Tools, resident, CancellationToken.None);

        // The first two thousand steps fill the pools that later ones draw from. The garbage collector's room rises and falls by 20 MB;
        // what leaks lifts its lowest point.
        Assert.InRange(Lowest(16, 25) - Lowest(4, 12), long.MinValue, 20_000_000);

        long Lowest(double from, double to) => resident.Seen.Where(tick => tick.Kimg >= from && tick.Kimg < to).Min(tick => tick.Bytes);
    }

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData(50, 12)]
    [InlineData(200, 50)]
    [InlineData(1000, 100)]
    [InlineData(5000, 500)]
    public void Few_pictures_and_many_are_learnt_from_measured_and_reported(int count, int heldOut)
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Kimg = 0.5, Width = 0.25, HeldOut = null, EvaluateEvery = TimeSpan.FromMinutes(1) };
        var result = Trained.Run(options, TinyPack.Write(folder, count, size: 64), new RunFolders(folder.File("runs/x")[..^2]),
            TestEncoders.Tools, Nobody, CancellationToken.None);
        var log = LogLine.ReadAll(result.Run.LogPath);
        Assert.All(Assert.Single(log, line => line.Metrics is not null).Metrics!, metric =>
            Assert.True(double.IsFinite(metric.Value), $"{metric.Key} is {metric.Value}"));
        Assert.Equal(heldOut < 64, result.Remarks.Any(remark => remark.Contains($"only {heldOut} of {count} pictures could be held back")));
        Assert.DoesNotContain("NaN", TextOf(File.ReadAllText(Trained.Report(result.Run, "discs"))));
    }

    [Fact]
    public void Three_copies_of_one_flat_picture_train_without_a_crash()
    {
        using var folder = new TemporaryFolder();
        var result = Trained.Run(Small with { Kimg = 0.1 }, TinyPack.WriteFlat(folder, 3, 32, 90),
            new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);
        Assert.True(File.Exists(result.Best));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("dcgan")]
    public void Flat_pictures_in_three_colours_are_trained_on_measured_and_told_of(string recipe)
    {
        using var folder = new TemporaryFolder();
        var options = Small with
        {
            Recipe = recipe,
            Width = recipe == "auto" ? 0.1 : null,
            Kimg = 0.05,
            HeldOut = 0.25,
            EvaluateEvery = TimeSpan.FromMinutes(1),
        };
        var pack = KnownFeatures.Beside(TinyPack.WriteFlat(folder, 60, 32, 20, 120, 220), options);
        var result = Trained.Run(options, pack, new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody,
            CancellationToken.None);
        Assert.Contains(
            "of 60 pictures only 3 differ from each other: a generator can learn little but to repeat them, and what is measured says "
                + "little", result.Remarks);
        var measured = Assert.Single(LogLine.ReadAll(result.Run.LogPath), line => line.Metrics is not null).Metrics!;
        Assert.InRange(measured["nearest_ratio"], 0, 100);
        var page = File.ReadAllText(Trained.Report(result.Run, "flat"));
        Assert.Contains("of 60 pictures only 3 differ", page);
        Assert.DoesNotContain("NaN", TextOf(page));
    }

    [Fact]
    public void Remarks_and_log_lines_are_kept_once_when_a_run_is_resumed()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        var options = Small with { Kimg = 0.1, HeldOut = 0.25 };
        var first = Trained.Run(options, TinyPack.Write(folder), runs, TestEncoders.Tools, Nobody, CancellationToken.None);
        Assert.Contains("only 10 of 40 pictures could be held back", Assert.Single(first.Remarks));

        // As after a kill: lines of pictures that no snapshot knows.
        var logged = LogLine.ReadAll(first.Run.LogPath);
        File.AppendAllLines(first.Run.LogPath, [new LogLine { Kimg = 0.15, LossD = 1 }.ToJson(), new LogLine { Kimg = 0.19, LossD = 1 }
            .ToJson()]);
        Assert.Equal(first.Remarks, Trained.Resume(first.Run, new TrainOptions()).Remarks);
        Assert.Equal(logged.Select(line => line.ToJson()), LogLine.ReadAll(first.Run.LogPath).Select(line => line.ToJson()));

        var longer = Trained.Resume(first.Run, new TrainOptions { Kimg = 0.2 });
        Assert.Equal(first.Remarks, longer.Remarks);
        var kimg = LogLine.ReadAll(first.Run.LogPath).Select(line => line.Kimg).ToArray();
        Assert.Equal(kimg.Order(), kimg);
        Assert.Contains(RecipePlan.FromJson(File.ReadAllText(first.Run.OptionsPath)).Choices, choice =>
            choice is { Name: "length", Value: "0.2 kimg", Why: Reason.AskedOnResume });
    }

    [Fact]
    public void Plan_identity_survives_a_change_of_length_on_resume()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        var options = Small with { Kimg = 0.02 };
        var run = Trained.Run(options, pack, runs, TestEncoders.Tools, Nobody, CancellationToken.None).Run;
        Trained.Resume(run, new TrainOptions { Kimg = 0.04 });
        Trained.Resume(run, new TrainOptions { Kimg = 0.06 });
        Assert.True(TrainStage.IsPlanOf(run, options with { Pack = pack }));
        Assert.False(TrainStage.IsPlanOf(run, options with { Pack = pack, Kimg = 0.06 }));
        Assert.False(TrainStage.IsPlanOf(run, options with { Pack = pack, Seed = 4 }));
    }

    [Fact]
    public void Damaged_options_json_is_named_and_matches_no_options()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var options = Small with { Kimg = 0.02 };
        var run =
            Trained.Run(options, pack, new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None).Run;
        File.WriteAllText(run.OptionsPath, File.ReadAllText(run.OptionsPath)[..100]);
        Assert.False(TrainStage.IsPlanOf(run, options with { Pack = pack }));
        var error = Assert.Throws<UnusableInputException>(() => Trained.Resume(run, new TrainOptions { Kimg = 0.04 }));
        Assert.Contains($"{run.OptionsPath} is damaged", error.Message);
        Assert.Throws<UnusableInputException>(() => Trained.Report(run, "discs"));
    }

    [Fact]
    public void Resume_refuses_a_pack_with_other_pictures()
    {
        using var folder = new TemporaryFolder();
        var runs = new RunFolders(folder.File("runs/x")[..^2]);
        Trained.Run(Small with { Kimg = 0.02 }, TinyPack.Write(folder), runs, TestEncoders.Tools, Nobody, CancellationToken.None);
        TinyPack.Write(folder, count: 44);
        var error = Assert.Throws<UnusableInputException>(() => Trained.Resume(runs.Latest()!, new TrainOptions { Kimg = 0.04 }));
        Assert.Contains("holds other pictures, or other crops of them (44 of 32 pixels)", error.Message);
    }

    [Fact]
    public void Grey_and_colour_of_one_pack_learn_their_features_apart()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder, count: 24);
        foreach (var grey in new[] { false, true, false })
            Trained.Run(Small with { Kimg = 0.02, HeldOut = 0.25, EvaluateEvery = TimeSpan.FromMinutes(1), Grey = grey }, pack,
                new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);
        Assert.Equal(2, Directory.GetFiles(pack, "features-*.safetensors").Length);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(25)]
    public void A_handful_of_pictures_trains_to_the_end(int count)
    {
        using var folder = new TemporaryFolder();
        var result = Trained.Run(Small with { Kimg = 0.02, HeldOut = 0.1, EvaluateEvery = TimeSpan.FromMinutes(1) },
            TinyPack.Write(folder, count), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None);
        Assert.True(File.Exists(result.Best));
    }

    [Fact]
    public void Labels_make_a_conditional_generator()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder, label: i => i % 2 == 0 ? "even" : "odd");
        var result = Trained.Run(Small with { Labels = "folder", Kimg = 0.05 }, pack, new RunFolders(folder.File("runs/x")[..^2]),
            TestEncoders.Tools, Nobody, CancellationToken.None);
        Assert.Equal(["even", "odd"], Snapshot.ReadPlan(result.Best).Classes);
    }

    [Fact]
    public void Labels_come_from_a_file_too_and_rare_classes_are_told_of_and_shown_more_often()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder);
        var labels = folder.File("labels.csv");
        File.WriteAllLines(labels, Enumerable.Range(0, 40).Select(i => $"file{i}.png,{(i < 4 ? "rare" : "common")}"));
        var result = Trained.Run(Small with { Labels = labels, Kimg = 0.05 }, pack, new RunFolders(folder.File("runs/x")[..^2]),
            TestEncoders.Tools, Nobody, CancellationToken.None);
        var plan = Snapshot.ReadPlan(result.Best);
        Assert.Equal(["common", "rare"], plan.Classes);
        Assert.Equal([36, 4], plan.ClassCounts!);
        Assert.Contains(result.Remarks, remark => remark.Contains("rare (4)") && remark.Contains("rare (2 times)"));

        File.WriteAllLines(labels, ["file0.png,one", "file1.png,two"]);
        var error = Assert.Throws<UsageException>(() => Trained.Run(Small with { Labels = labels }, pack,
            new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody, CancellationToken.None));
        Assert.Contains("38 of the pack's 40 pictures have no label", error.Message);
    }

    [Theory]
    [InlineData("stylegan", "no recipe 'stylegan'")]
    public void An_unknown_recipe_is_a_usage_error_that_names_those_there_are(string recipe, string expected)
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<UsageException>(() => Trained.Run(
            Small with { Recipe = recipe }, TinyPack.Write(folder), new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Nobody,
            CancellationToken.None));
        Assert.Contains(expected, error.Message);
        Assert.Contains("auto, dcgan", error.Message);
    }

    [Fact]
    public void A_snapshot_cut_short_is_refused_with_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        var result = Trained.Run(Small with { Kimg = 0.02 }, TinyPack.Write(folder), new RunFolders(folder.File("runs/x")[..^2]),
            TestEncoders.Tools, Nobody, CancellationToken.None);
        var bytes = File.ReadAllBytes(result.Snapshot);
        File.WriteAllBytes(result.Snapshot, bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<UnusableInputException>(() => Snapshot.LoadGenerator(result.Snapshot, average: true, Device.Cpu));
        Assert.Contains(result.Snapshot, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    // A page without its pictures, whose base64 spells anything.
    private static string TextOf(string page) => Regex.Replace(page, "data:image[^\"]*", "");

    private static byte[] Stop(CancellationTokenSource cancel)
    {
        cancel.Cancel();
        return [];
    }

    private sealed class Resident : IProgress<StageProgress>
    {
        public List<(double Kimg, long Bytes)> Seen { get; } = [];

        public void Report(StageProgress value)
        {
            if (value is StageAdvanced tick)
                Seen.Add((tick.Done, Environment.WorkingSet));
        }
    }

    private sealed class Warnings : IProgress<StageProgress>
    {
        public List<StageWarned> All { get; } = [];

        public void Report(StageProgress value)
        {
            if (value is StageWarned warned)
                All.Add(warned);
        }
    }
}
