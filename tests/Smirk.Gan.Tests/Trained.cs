using Smirk.Gan.Report;
using Smirk.Gan.Train;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Tests;

/// <summary>Runs of training as tests need them.</summary>
internal static class Trained
{
    /// <summary>Listens to nothing.</summary>
    public static readonly IProgress<StageProgress> Nobody = new Ignored();

    /// <summary>Trains on a pack.</summary>
    public static TrainResult Run(
        TrainOptions options, string pack, RunFolders runs, TrainTools tools, IProgress<StageProgress> progress,
        CancellationToken cancel) =>
        new TrainStage(runs, tools).Run(options with { Pack = pack }, progress, cancel);

    /// <summary>Resumes a run.</summary>
    public static TrainResult Resume(
        RunFolder run, TrainOptions options, TrainTools? tools = null, IProgress<StageProgress>? progress = null) =>
        new TrainStage(RunsOf(run), tools ?? TestEncoders.Tools)
            .Run(options with { Resume = run.Number }, progress ?? Nobody, CancellationToken.None);

    /// <summary>Writes a run's report and returns its path.</summary>
    public static string Report(RunFolder run, string subject) =>
        new ReportStage(TestEncoders.Plain).Run(new ReportOptions { Run = run, Subject = subject }, Nobody, CancellationToken.None).Path;

    private static RunFolders RunsOf(RunFolder run) => new(Path.GetDirectoryName(run.Path)!);

    private sealed class Ignored : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
        }
    }
}
