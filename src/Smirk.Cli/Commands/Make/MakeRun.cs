using Smirk.Cli.Commands.Tunes;
using Smirk.Dataset.Damage;
using Smirk.Dataset.Near.Report;
using Smirk.Gan.Report;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Workspace;

namespace Smirk.Cli.Commands.Make;

/// <summary>The second half of <c>make</c>: train or resume, then sample and report.</summary>
internal static class MakeRun
{
    private const int Singles = 64;

    /// <summary>Trains on the pack: resumes the newest run if it has the same data and options (or shows it again if it is done), and
    /// starts a new one otherwise.</summary>
    public static TrainResult Train(
        SmirkWorkspace workspace, TrainOptions options, DatasetResult dataset, Screen screen, CancellationToken cancel)
    {
        options = options with { Pack = dataset.Pack.Folder };
        if (WorkspaceTraining.SameAsNewest(workspace, options) is not { } run)
            return WorkspaceTraining.Run(workspace, options, null, screen, cancel);
        screen.Say(
            $"make: same data and options as run {run.Name}; resuming. Another --seed or --budget, or more pictures, start a new run");
        return WorkspaceTraining.Run(workspace, new TrainOptions { Resume = run.Number }, null, screen, cancel);
    }

    /// <summary>Writes 64 single samples, the page and network for others where they are asked for, and the report.</summary>
    public static MakeDocument Finish(
        SmirkWorkspace workspace, string name, TrainResult result, DatasetResult dataset, bool share, Screen screen,
        CancellationToken cancel)
    {
        var grid = Path.Combine(result.Run.SamplesFolder, "best.png");
        var singles = Path.Combine(result.Run.SamplesFolder, "singles");
        var samples = new SampleOptions { Snapshot = result.Best, Count = Singles, GridPath = grid, OutFolder = singles };
        new SampleStage(Encoders.Sample).Run(samples, screen, cancel);
        var shared = share ? ShareCommand.Run(ShareCommand.Of(result.Best), screen, cancel) : null;
        var told = new ReportOptions
        {
            Run = result.Run,
            Subject = name,
            Stages = [.. dataset.Stages.Select(s => (s.Stage, s.Counts))],
            Samples = TunePanel.Of(result.Best, cancel),
            Panels = [.. PanelsOf(workspace, dataset, screen, cancel)],
        };
        var report = new ReportStage(Encoders.Png).Run(told, screen, cancel).Path;
        screen.Say($"make: report: {report}");
        screen.Say($"make: for more pictures: smirk sample {name} -n 64 --grid more.png");
        if (!share)
            screen.Say($"make: for a page to play with and to send to friends: smirk share {name}");
        return new MakeDocument(
            workspace.Folder, result.Run.Path, result.Counters.Kimg, result.Counters.Seconds, result.Best, report, grid, dataset.Stages,
            result.Remarks)
        {
            Shared = shared?.Files.Select(file => file.Path).ToList(),
        };
    }

    private static IEnumerable<ReportPanel> PanelsOf(
        SmirkWorkspace workspace, DatasetResult dataset, Screen screen, CancellationToken cancel)
    {
        if (DamagePanel.Html(workspace, cancel) is { } doubts)
            yield return new ReportPanel("Perhaps damaged", doubts);
        if (dataset.Near is { } near && NearPanel.Html(workspace, near, screen, cancel) is { } groups)
            yield return new ReportPanel("Doubtful near duplicates", groups);
        if (dataset.Crop.Panel is { } crops)
            yield return new ReportPanel("Crops", crops);
    }
}
