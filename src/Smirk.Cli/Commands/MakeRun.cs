using Smirk.Dataset;
using Smirk.Gan.Report;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Cli.Commands;

/// <summary>The second half of <c>make</c>: train, or go on training, then sample and report.</summary>
internal static class MakeRun
{
    private const string Running = "running";
    private const string Done = "done";
    private const int Singles = 64;

    /// <summary>Trains on the pack: goes on with the newest run where it was stopped and asks for the same, shows it again where it is done, and starts a new one otherwise.</summary>
    public static TrainResult Train(SmirkWorkspace workspace, TrainOptions options, DatasetResult dataset, Screen screen, CancellationToken cancel)
    {
        var newest = workspace.Catalog.Runs.All().LastOrDefault();
        if (newest is not null && newest.Pack == Key(options, dataset) && workspace.Runs.All().Any(r => r.Number == newest.Number))
        {
            var run = workspace.Runs.Open(newest.Number);
            screen.Say(newest.State == Done
                ? $"make: run {run.Name} has learnt just this; another --seed, --budget or more pictures make a new one"
                : $"make: going on with run {run.Name}, which was stopped at {newest.Kimg:0.0} kimg");
            return Note(workspace, newest, TrainStage.Resume(run, null, null, Encoders.Tools, screen, cancel));
        }

        var row = new RunRow(0, options.Recipe, Key(options, dataset), workspace.Time.GetUtcNow(), Running, 0);
        var tools = Encoders.Tools with
        {
            Started = run => workspace.Catalog.Runs.Put(row = row with { Number = run.Number }),
        };
        var result = TrainStage.Run(options, dataset.Pack.Folder, workspace.Runs, tools, screen, cancel);
        return Note(workspace, row, result);
    }

    /// <summary>Writes 64 single samples and the report.</summary>
    public static MakeDocument Finish(SmirkWorkspace workspace, string name, TrainResult result, DatasetResult dataset, Screen screen, CancellationToken cancel)
    {
        var grid = Path.Combine(result.Run.SamplesFolder, "best.png");
        SampleStage.Run(new SampleOptions { Count = Singles, GridPath = grid, OutFolder = Path.Combine(result.Run.SamplesFolder, "singles") }, result.Best, Encoders.Sample, screen, cancel);
        var report = ReportStage.Run(
            new ReportOptions { Subject = name, Stages = [.. dataset.Stages.Select(s => (s.Stage, s.Counts))], Remarks = result.Remarks }, result.Run, Encoders.Png);
        screen.Say($"make: look at {report}");
        screen.Say($"make: more pictures: smirk sample {name} -n 64 --grid more.png");
        return new MakeDocument(workspace.Folder, result.Run.Path, result.Counters.Kimg, result.Counters.Seconds, result.Best, report, grid, dataset.Stages, result.Remarks);
    }

    private static TrainResult Note(SmirkWorkspace workspace, RunRow row, TrainResult result)
    {
        workspace.Catalog.Runs.Put(row with { State = Done, Kimg = result.Counters.Kimg });
        return result;
    }

    // The same pictures and the same wishes are the same run.
    private static string Key(TrainOptions options, DatasetResult dataset) => $"{dataset.Pack.Fingerprint} {options}";
}
