using Smirk.Gan.Log;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests.Train;

public sealed class ResumeTests
{
    private static readonly TrainOptions Tiny = new()
    {
        Kimg = 0.04,
        Batch = 8,
        Width = 0.1,
        Thumbnail = 0,
        Seed = 3,
        EvaluateEvery = TimeSpan.Zero,
        HeldOut = 0,
    };

    public static TheoryData<string, string> Fixed => new()
    {
        { "recipe", "dcgan" }, { "seed", "4" }, { "grey", "true" }, { "batch", "16" }, { "gamma", "1" }, { "clip-updates", "on" },
            { "penalty-every", "4" }, { "ema-kimg", "1" }, { "width", "1" },
        { "gates", "8" }, { "refine", "8" }, { "overshoot", "1.5" }, { "look", "flat" }, { "augment-target", "0.4" },
            { "thumbnail", "8" }, { "z-dim", "10" }, { "augment", "off" }, { "mirror", "on" }, { "labels", "folder" },
            { "kernel", "4" }, { "g-steps", "1" }, { "held-out", "0.2" }, { "small-size", "32" }, { "upscale-share", "0.5" },
    };

    [Theory]
    [MemberData(nameof(Fixed))]
    public void Option_that_cannot_change_on_resume_is_refused_by_name_before_anything_is_touched(string name, string text)
    {
        using var folder = new TemporaryFolder();
        using var held = new RunFolders(Path.Combine(folder.Path, "runs")).Create();
        var run = held.Run;
        File.WriteAllText(run.OptionsPath, "not looked at");
        var options = TrainOptionTable.All.Single(row => row.Name == name).Read(new TrainOptions(), text);
        var error = Assert.Throws<UsageException>(() => Trained.Resume(run, options));
        Assert.StartsWith($"--{name} can't change when a run is resumed; these can: --budget, --kimg, --device, --threads, --nice,",
            error.Message, StringComparison.Ordinal);
        Assert.Equal("not looked at", File.ReadAllText(run.OptionsPath));
    }

    [Fact]
    public void Every_option_either_changes_on_resume_or_is_refused() =>
        Assert.Equal(
            TrainOptionTable.All.Select(row => row.Name).Order(),
            Fixed.Select(row => row.Data.Item1)
                .Concat(["budget", "kimg", "device", "threads", "nice", "learning-rate", "snapshot-every", "evaluate-every"]).Order());

    [Fact]
    public void Kimg_and_budget_together_and_no_length_at_all_are_refused_on_resume()
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder);
        Assert.Contains("give one of them", Assert.Throws<UsageException>(
            () => Trained.Resume(run, new TrainOptions { Kimg = 1, Budget = TimeSpan.FromMinutes(1) })).Message);
        Assert.Contains("--kimg 0", Assert.Throws<UsageException>(() => Trained.Resume(run, new TrainOptions { Kimg = 0 })).Message);
    }

    [Fact]
    public void Learning_rate_and_evaluation_take_effect_on_resume_and_are_logged_in_the_run()
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder);
        var changed = new TrainOptions { Kimg = 0.08, LearningRate = 1e-5, SnapshotEvery = TimeSpan.FromMinutes(1) };
        Trained.Resume(run, changed);

        var log = LogLine.ReadAll(run.LogPath);
        Assert.Equal([new("length", "0.04 kimg", "0.08 kimg"), new("learning-rate", "0.0012", "1E-05"), new("snapshot-every", "5m", "1m")],
            Assert.Single(log, line => line.Changes is not null).Changes!);
        Assert.InRange(log.Last(line => line.LearningRate is not null).LearningRate!.Value, 0, 1e-5);
        var plan = RecipePlan.Read(run.OptionsPath);
        Assert.Equal((1e-5, 60, 0.08), (plan.LearningRate, plan.SnapshotSeconds, plan.Kimg));
        Assert.Equal(Reason.AskedOnResume, plan.Choices.Single(choice => choice.Name == "learning-rate").Why);
        var page = File.ReadAllText(Trained.Report(run, "discs"));
        Assert.Contains("from 0.0 kimg on: learning-rate 1E-05 (before: 0.0012)", page);

        // It is still the run that was asked for at first, and no other.
        var pack = Path.Combine(folder.Path, "pack");
        Assert.True(TrainStage.IsPlanOf(run, Tiny with { Pack = pack }));
        Assert.False(TrainStage.IsPlanOf(run, Tiny with { Pack = pack, LearningRate = 1e-5 }));
    }

    [Fact]
    public void Resume_without_options_changes_nothing_in_the_log()
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder);
        var before = File.ReadAllText(run.LogPath);
        var options = File.ReadAllText(run.OptionsPath);
        Trained.Resume(run, new TrainOptions());
        Assert.Equal(before, File.ReadAllText(run.LogPath));
        Assert.Equal(options, File.ReadAllText(run.OptionsPath));
    }

    [Fact]
    public void Resume_refuses_a_pack_of_the_same_pictures_cropped_in_another_way()
    {
        using var folder = new TemporaryFolder();
        var run = Train(folder);

        // The same rows, every pixel another: what a wider margin around each face makes.
        var pack = Path.Combine(folder.Path, "pack");
        var rows = PackLines.Read(Path.Combine(pack, PackFolder.Lines));
        PackFolder.Write(pack, new TensorToWrite(PackFolder.TensorName, ElementType.U8, [40, 3, 32, 32], new byte[40 * 3 * 32 * 32]),
            new Dictionary<string, string>(), PackLines.Text(rows));
        Assert.Contains("other crops of them", Assert.Throws<UnusableInputException>(
            () => Trained.Resume(run, new TrainOptions { Kimg = 1 })).Message);
        Assert.False(TrainStage.IsPlanOf(run, Tiny with { Pack = pack }));
    }

    [Fact]
    public void Resume_finds_its_pack_after_the_folder_that_holds_both_was_moved()
    {
        using var folder = new TemporaryFolder();
        var here = Path.Combine(folder.Path, "here");
        var pack = TinyPack.Write(folder, name: "here/packs/32");
        var run = Trained.Run(Tiny, pack, new RunFolders(Path.Combine(here, "runs")), TestEncoders.Tools, Trained.Nobody,
            CancellationToken.None).Run;
        Assert.DoesNotContain(folder.Path, File.ReadAllText(run.OptionsPath));
        Directory.Move(here, Path.Combine(folder.Path, "there"));
        var moved = new RunFolders(Path.Combine(folder.Path, "there", "runs")).Open(1);
        Assert.Equal(0.08, Trained.Resume(moved, new TrainOptions { Kimg = 0.08 }).Counters.Kimg, 3);
    }

    [Fact]
    public void A_run_that_was_asked_for_with_an_option_is_not_taken_for_one_without()
    {
        using var folder = new TemporaryFolder();
        var options = Tiny with { Refine = 8 };
        var run = Train(folder, options);
        var pack = Path.Combine(folder.Path, "pack");
        Assert.True(TrainStage.IsPlanOf(run, options with { Pack = pack }));
        Assert.False(TrainStage.IsPlanOf(run, Tiny with { Pack = pack }));
    }

    private static RunFolder Train(TemporaryFolder folder, TrainOptions? options = null) =>
        Trained.Run(options ?? Tiny, TinyPack.Write(folder), new RunFolders(Path.Combine(folder.Path, "runs")), TestEncoders.Tools,
            Trained.Nobody, CancellationToken.None).Run;
}
