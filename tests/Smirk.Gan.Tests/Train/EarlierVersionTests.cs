using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests.Train;

/// <summary>A run that Smirk 0.1 made, in a workspace that lies elsewhere now (tests/fixtures/workspace-0.1).</summary>
public sealed class EarlierVersionTests : IDisposable
{
    // As the fixture was made: smirk make pile -w smug --size 32 --kimg 0.2 --crop off …
    private static readonly TrainOptions Options = new()
    {
        Kimg = 0.2,
        Width = 0.05,
        LatentSize = 8,
        Gates = 4,
        Thumbnail = 0,
        HeldOut = 0.5,
        Seed = 5,
        Device = "cpu",
    };

    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public EarlierVersionTests()
    {
        var from = Path.Combine(TestData.Repository, "tests", "fixtures", "workspace-0.1");
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, _folder.File(Path.GetRelativePath(from, file)));
        _run = new RunFolders(Path.Combine(_folder.Path, "runs")).Open(1);
    }

    private string Pack => Path.Combine(_folder.Path, "packs", "32");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_of_0_1_is_sampled_and_reported()
    {
        var grid = _folder.File("grid");
        new SampleStage(TestEncoders.Sample)
            .Run(new SampleOptions { Snapshot = new SnapshotFolder(_run).Best(), Count = 4, GridPath = grid }, Trained.Nobody,
                CancellationToken.None);
        Assert.True(File.Exists(grid));
        Directory.CreateDirectory(_run.SamplesFolder);
        Assert.Contains("many small steps: twice as many as with 32", File.ReadAllText(Trained.Report(_run, "smug")));
    }

    [Fact]
    public void Run_of_0_1_is_evaluated_on_its_held_out_pictures_after_its_workspace_was_moved()
    {
        KnownFeatures.Beside(Pack, 0.5, 5);
        var result = new EvaluateStage((_, _, _, _, _) => throw new InvalidOperationException("no folder of pictures was named"))
            .Run(new EvaluateOptions { Snapshot = new SnapshotFolder(_run).Best(), Count = 16 }, Trained.Nobody, CancellationToken.None);
        Assert.Equal((17, 17), (result.Real, result.Training));
    }

    [Fact]
    public void Run_of_0_1_is_recognised_and_resumed_and_keeps_its_pack_by_a_relative_path_from_then_on()
    {
        Assert.True(TrainStage.IsPlanOf(_run, Options with { Pack = Pack }));
        Assert.False(TrainStage.IsPlanOf(_run, Options with { Pack = Pack, Seed = 6 }));
        var resumed = Trained.Resume(_run, new TrainOptions { Kimg = 0.24, EvaluateEvery = TimeSpan.Zero });
        Assert.Equal(0.24, resumed.Counters.Kimg, 3);
        var plan = RecipePlan.Read(_run.OptionsPath);
        using var pack = TrainingPack.Open(Pack);
        Assert.Equal(("../../packs/32", pack.Fingerprint), (plan.Pack, plan.PackFingerprint));
        Assert.True(TrainStage.IsPlanOf(_run, Options with { Pack = Pack }));
        Assert.Equal(
            "many small steps: twice as many as with 32 in seven eighths of the pictures, and better ones at the end (docs/recipes.md)",
            plan.Choices.Single(choice => choice.Name == "batch").InWords);
    }

    [Fact]
    public void Run_of_0_1_is_not_resumed_on_other_pictures()
    {
        var rows = PackLines.Read(Path.Combine(Pack, PackFolder.Lines));
        var pixels = new byte[rows.Count * 3 * 32 * 32];
        PackFolder.Write(Pack, new TensorToWrite(PackFolder.TensorName, ElementType.U8, [rows.Count, 3, 32, 32], pixels),
            new Dictionary<string, string>(), PackLines.Text(rows.Select(row => row with { Picture = "x" + row.Picture })));
        Assert.Throws<UnusableInputException>(() => Trained.Resume(_run, new TrainOptions()));
    }
}
