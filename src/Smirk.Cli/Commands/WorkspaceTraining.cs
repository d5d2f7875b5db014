using Smirk.Gan.Train;
using Smirk.Gan.Train.Ranks;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Priority;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary>Training in a workspace: what <c>train</c> and <c>make</c> share is that the catalog knows of the run while it goes and
/// after. While it trains, others may change the workspace: the run has a lock of its own.</summary>
internal static class WorkspaceTraining
{
    private const string Running = "running";
    private const string Stopped = "stopped";
    private const string Finished = "done";

    /// <summary>Starts a run, or resumes one.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="team">Processes that train it together, this one as rank 0; null for one process.</param>
    /// <param name="screen">Told of every tick.</param>
    /// <param name="cancel">Saves a snapshot and stops.</param>
    public static TrainResult Run(
        SmirkWorkspace workspace, TrainOptions options, Team? team, Screen screen, CancellationToken cancel)
    {
        var row = options.Resume is { } number ? workspace.Catalog.Runs.All().FirstOrDefault(r => r.Number == number) : null;
        var tools = Encoders.Tools with
        {
            Team = team,
            Started = (run, plan) =>
            {
                var fingerprint = PackFolder.FingerprintOf(options.Pack) ?? "";
                workspace.Catalog.Runs.Put(row = new RunRow(run.Number, plan.Recipe, fingerprint, workspace.Time.GetUtcNow(), Running, 0));
                workspace.Release();
            },
        };
        if (options.Resume is not null)
            workspace.Release();
        try
        {
            ProcessPriority.Lower(options.Nice ?? TrainStage.UsualNice);
            var result = new TrainStage(workspace.Runs, tools).Run(options, screen, cancel);
            Note(Finished, result.Counters.Kimg);
            return result;
        }
        catch
        {
            Note(Stopped, row?.Kimg ?? 0);
            throw;
        }

        void Note(string state, double kimg)
        {
            if (row is not null)
                workspace.Catalog.Runs.Put(row with { State = state, Kimg = kimg });
        }
    }

    /// <summary>The newest run, if it was made from this pack with exactly these options; null otherwise.</summary>
    /// <remarks>The catalog knows what the pack was made from, crops included; runs of Smirk 0.1 don't know that themselves.</remarks>
    public static RunFolder? SameAsNewest(SmirkWorkspace workspace, TrainOptions options)
    {
        var newest = workspace.Runs.Latest();
        var row = newest is null ? null : workspace.Catalog.Runs.All().FirstOrDefault(r => r.Number == newest.Number);
        return row?.Pack == PackFolder.FingerprintOf(options.Pack) && TrainStage.IsPlanOf(newest!, options) ? newest : null;
    }
}
