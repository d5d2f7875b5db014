using System.Globalization;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Explore;

/// <summary>The runs that can be looked at. Names from the page are looked up among those there are, never made into paths.</summary>
internal sealed class ExploreRuns(SmirkWorkspace workspace)
{
    /// <summary>All that have a snapshot, newest first.</summary>
    public IReadOnlyList<ExploredRun> All() =>
    [
        .. workspace.Runs.All().Reverse().Select(run => (Run: run, Snapshots: new SnapshotFolder(run)))
            .Where(it => it.Snapshots.All().Count > 0)
            .Select(it => new ExploredRun(
                it.Run.Name, [.. it.Snapshots.All().Select(Message)], Path.GetFileName(it.Snapshots.Best()))),
    ];

    /// <summary>The file of the snapshot that is asked for.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public string Snapshot(GeneratorRequest request)
    {
        var run = request.Run is null
            ? workspace.Runs.All().LastOrDefault(r => new SnapshotFolder(r).Latest() is not null)
                ?? throw new UnusableInputException("No run has a snapshot yet. Train one first: smirk train " + workspace.Folder)
            : Run(request.Run);
        var snapshots = new SnapshotFolder(run);
        return request.Snapshot is null ? snapshots.Best()
            : snapshots.All().FirstOrDefault(path => Path.GetFileName(path) == request.Snapshot)
                ?? throw new UnusableInputException($"Run {run.Name} has no snapshot {request.Snapshot} any more. Choose another one.");
    }

    /// <summary>The run of that name.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public RunFolder Run(string name) => workspace.Runs.All().FirstOrDefault(r => r.Name == name)
        ?? throw new UnusableInputException($"There is no run {name}.");

    private static SnapshotMessage Message(string path)
    {
        // snapshot-0003-000012000: number and pictures seen.
        var seen = Path.GetFileNameWithoutExtension(path).Split('-')[^1];
        return new SnapshotMessage(Path.GetFileName(path), double.Parse(seen, CultureInfo.InvariantCulture) / 1000);
    }
}
