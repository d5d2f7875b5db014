using Smirk.Gan.Train;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Cli.Commands;

/// <summary>Training in a workspace: what <c>train</c> and <c>make</c> share is that the catalog knows of the run while it goes and after. While it trains, others may change the workspace: the run has a lock of its own.</summary>
internal static class WorkspaceTraining
{
    private const string Running = "running";
    private const string Stopped = "stopped";
    private const string Finished = "done";

    /// <summary>Starts a new run.</summary>
    public static TrainResult Start(SmirkWorkspace workspace, TrainOptions options, string packFolder, Screen screen, CancellationToken cancel)
    {
        RunRow? row = null;
        var tools = Encoders.Tools with
        {
            Started = run =>
            {
                workspace.Catalog.Runs.Put(row = new RunRow(run.Number, options.Recipe, FingerprintOf(packFolder), workspace.Time.GetUtcNow(), Running, 0));
                workspace.Release();
            },
        };
        return Noted(workspace, () => row, () => TrainStage.Run(options, packFolder, workspace.Runs, tools, screen, cancel));
    }

    /// <summary>Resumes a run.</summary>
    public static TrainResult Resume(SmirkWorkspace workspace, RunFolder run, double? kimg, TimeSpan? budget, Screen screen, CancellationToken cancel)
    {
        var row = workspace.Catalog.Runs.All().FirstOrDefault(r => r.Number == run.Number);
        workspace.Release();
        return Noted(workspace, () => row, () => TrainStage.Resume(run, kimg, budget, Encoders.Tools, screen, cancel));
    }

    /// <summary>The newest run, if it was made from this pack with exactly these options; null otherwise.</summary>
    public static RunFolder? SameAsNewest(SmirkWorkspace workspace, TrainOptions options, string packFolder)
    {
        var newest = workspace.Runs.Latest();
        var row = newest is null ? null : workspace.Catalog.Runs.All().FirstOrDefault(r => r.Number == newest.Number);
        return row?.Pack == FingerprintOf(packFolder) && TrainStage.IsPlanOf(newest!, options, packFolder) ? newest : null;
    }

    private static TrainResult Noted(SmirkWorkspace workspace, Func<RunRow?> row, Func<TrainResult> train)
    {
        try
        {
            var result = train();
            Note(Finished, result.Counters.Kimg);
            return result;
        }
        catch
        {
            Note(Stopped, row()?.Kimg ?? 0);
            throw;
        }

        void Note(string state, double kimg)
        {
            if (row() is { } known)
                workspace.Catalog.Runs.Put(known with { State = state, Kimg = kimg });
        }
    }

    private static string FingerprintOf(string packFolder)
    {
        var path = Path.Combine(packFolder, "pack.safetensors");
        if (!File.Exists(path))
            return "";
        using var pack = SafetensorsFile.Open(path);
        return pack.Metadata.GetValueOrDefault("smirk.fingerprint", "");
    }
}
