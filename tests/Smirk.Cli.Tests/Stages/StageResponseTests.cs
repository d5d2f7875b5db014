using System.Diagnostics;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Report;
using Smirk.Dataset.Pack;
using Smirk.Export;
using Smirk.Files.Exact;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Report;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Tests.Stages;

/// <summary>Every stage answers Ctrl-C within 2 s and never works longer than 5 s without saying what at. A new stage gets a line in
/// <see cref="All"/> or <see cref="OfRuns"/>.</summary>
public sealed class StageResponseTests(StageGround ground) : IClassFixture<StageGround>
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    // Each prepares what it needs and returns the work that is measured.
    private static readonly Dictionary<string, Func<StageGround, Work>> All = new()
    {
        ["import a folder"] = g => Import(g, g.Pile),
        ["import an archive"] = g => Import(g, g.Archive),
        ["exact"] = g => InWorkspace(g, (workspace, progress, cancel) => new ExactStage(workspace).Run(progress, cancel)),
        ["near and its report"] = NearReport,
        ["dupes --near"] = DupesNear,
        ["crop"] = g => InWorkspace(g, (workspace, progress, cancel) => new CropStage(workspace)
            .Run(new CropStageOptions { Mode = CropMode.Faces, Faces = Faces }, progress, cancel)),
        ["crop files and report"] = CropFolder,
        ["pack"] = g => InWorkspace(g, (workspace, progress, cancel) => new PackStage(workspace)
            .Run(new PackOptions { Size = 256 }, progress, cancel)),
        ["export and its report"] = g => InWorkspace(g, (workspace, progress, cancel) => new ExportStage(workspace)
            .Run(new ExportOptions { Output = g.NewFolder, Report = g.NewFolder + ".html" }, progress, cancel)),
    };

    // What needs a run, and minutes with it.
    private static readonly Dictionary<string, Func<StageGround, Work>> OfRuns = new()
    {
        ["train"] = Train,
        ["sample"] = g => OfRun(g, (run, progress, cancel) => new SampleStage(Encoders.Sample).Run(
            new SampleOptions
            {
                Snapshot = Best(run),
                Count = 200,
                OutFolder = g.NewFolder,
                GridPath = Path.Combine(Directory.CreateDirectory(g.NewFolder).FullName, "grid.png")
            },
            progress, cancel)),
        ["evaluate"] = g => OfRun(g, (run, progress, cancel) => new EvaluateStage(Encoders.Load).Run(
            new EvaluateOptions { Snapshot = Best(run), Count = 500, Real = g.Pile }, progress, cancel)),
        ["report"] = g => OfRun(g, (run, progress, cancel) => new ReportStage(Encoders.Png).Run(
            new ReportOptions { Run = run, Subject = "ws" }, progress, cancel)),
    };

    private delegate void Work(IProgress<StageProgress> progress, CancellationToken cancel);

    private static CropOptions Faces => new() { Detector = TestData.Require("lbpcascade_animeface.xml") };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> NamesOfRuns => [.. OfRuns.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Stage_answers_cancellation_and_says_what_it_is_at(string name) => Check(name, All[name]);

    [Theory]
    [MemberData(nameof(NamesOfRuns))]
    [Trait("Speed", "slow")]
    public void Stage_of_a_run_answers_cancellation_and_says_what_it_is_at(string name) => Check(name, OfRuns[name]);

    private void Check(string name, Func<StageGround, Work> prepare)
    {
        var calm = new Listener();
        var clock = Stopwatch.StartNew();
        prepare(ground)(calm, CancellationToken.None);
        Assert.True(calm.LongestSilence < LongestSilence, $"{name} said nothing for {calm.LongestSilence.TotalSeconds:0.0} s");

        foreach (var moment in new[] { 0, 0.5 })
        {
            using var stop = new CancellationTokenSource();
            var answer = new Stopwatch();
            using var stopped = stop.Token.Register(answer.Start);
            var work = prepare(ground);
            stop.CancelAfter(clock.Elapsed * moment);
            try
            {
                work(new Listener(), stop.Token);
            }
            catch (OperationCanceledException)
            {
            }

            Assert.True(answer.Elapsed < LongestAnswer, $"{name} answered after {answer.Elapsed.TotalSeconds:0.0} s");
        }
    }

    private static Work Import(StageGround ground, string source) => (progress, cancel) =>
    {
        using var workspace = SmirkWorkspace.Open(ground.NewFolder);
        new ImportStage(workspace).Run(new ImportOptions { Sources = [source] }, progress, cancel);
    };

    private static Work InWorkspace(StageGround ground, Action<SmirkWorkspace, IProgress<StageProgress>, CancellationToken> run)
    {
        var workspace = ground.Imported();
        return (progress, cancel) =>
        {
            using (workspace)
                run(workspace, progress, cancel);
        };
    }

    private static Work NearReport(StageGround ground) => InWorkspace(ground, (workspace, progress, cancel) =>
    {
        var result = new NearStage(workspace).Run(new NearOptions(), progress, cancel);
        NearPanel.Html(workspace, result, progress, cancel);
    });

    private static Work DupesNear(StageGround ground) => (progress, cancel) =>
    {
        var result = NearDuplicates.Run(new ExactOptions { Paths = [PathOf(ground.Pile)] }, new NearOptions(), progress, cancel);
        NearPage.Write(ground.NewFolder, result.Findings, result.Inputs, null, progress, cancel);
    };

    private static Work CropFolder(StageGround ground) => (progress, cancel) =>
    {
        var result = new CropFiles().Run([ground.Pile], Faces, ground.NewFolder, progress, cancel);
        new CropReport().Write(result.Files, ground.NewFolder, progress, cancel);
    };

    private static TrainOptions Short(string pack) =>
        new() { Pack = pack, Kimg = 0.5, Width = 0.2, Thumbnail = 0, HeldOut = 0.25, EvaluateEvery = TimeSpan.FromSeconds(1) };

    // A run in a new workspace, which learns its feature network, too.
    private static Work Train(StageGround ground)
    {
        var workspace = ground.Imported();
        var pack = new PackStage(workspace).Run(new PackOptions { Size = 64 }).Folder;
        return (progress, cancel) =>
        {
            using (workspace)
                new TrainStage(workspace.Runs, Encoders.Tools).Run(Short(pack), progress, cancel);
        };
    }

    private static Work OfRun(StageGround ground, Action<RunFolder, IProgress<StageProgress>, CancellationToken> run)
    {
        var workspace = ground.Imported();
        var pack = new PackStage(workspace).Run(new PackOptions { Size = 64 }).Folder;
        var options = Short(pack) with { Kimg = 0.05, EvaluateEvery = TimeSpan.Zero };
        var made = new TrainStage(workspace.Runs, Encoders.Tools).Run(options, new Listener(), CancellationToken.None).Run;
        return (progress, cancel) =>
        {
            using (workspace)
                run(made, progress, cancel);
        };
    }

    private static string Best(RunFolder run) => new SnapshotFolder(run).Best();

    private static Smirk.Files.Posix.RawPath PathOf(string path) => Smirk.Files.Posix.RawPath.FromText(path);

    private sealed class Listener : IProgress<StageProgress>
    {
        private readonly Lock _gate = new();
        private readonly Stopwatch _since = Stopwatch.StartNew();
        private TimeSpan _longest;

        public TimeSpan LongestSilence
        {
            get
            {
                lock (_gate)
                    return _longest > _since.Elapsed ? _longest : _since.Elapsed;
            }
        }

        public void Report(StageProgress value)
        {
            lock (_gate)
            {
                _longest = LongestSilence;
                _since.Restart();
            }
        }
    }
}
