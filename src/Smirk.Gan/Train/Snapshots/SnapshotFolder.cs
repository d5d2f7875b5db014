using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Recipes;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Train.Snapshots;

/// <summary>The snapshots of one run: the last few, every tenth, and the best are kept.</summary>
/// <param name="run">The run.</param>
public sealed class SnapshotFolder(RunFolder run)
{
    // Enough to go back when the newest turn out bad, without filling a disk: a snapshot of the recipe auto has about 40 MB.
    private const int KeptRecent = 3;
    private const int KeptEvery = 10;

    /// <summary>All snapshots, oldest first.</summary>
    public IReadOnlyList<string> All() => Directory.Exists(run.SnapshotsFolder)
        ? [.. Directory.GetFiles(run.SnapshotsFolder, "snapshot-*.safetensors").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The newest snapshot; null when there is none.</summary>
    public string? Latest() => All().LastOrDefault();

    /// <summary>The snapshot that did best on held-out pictures; the newest where nothing was measured.</summary>
    /// <exception cref="UnusableInputException">The run has no snapshot.</exception>
    public string Best() => ReadBest() is { } best && File.Exists(best) ? best
        : Latest() ?? throw new UnusableInputException($"{run.Path} has no snapshot yet. Train it first: smirk train --resume {run.Name}");

    /// <summary>Thousands of pictures shown before the snapshot that did best on held-out pictures; null where nothing was
    /// measured.</summary>
    public double? BestKimg => ReadBest() is { } best && File.Exists(best) ? SeenOf(best) / 1000.0 : null;

    /// <summary>Writes a snapshot and takes away those that needn't be kept.</summary>
    /// <returns>Its path.</returns>
    public string Save(Recipe recipe, TrainCounters counters)
    {
        // Numbered without gaps, so that "every tenth" means the same whatever was taken away.
        var number = All().Select(NumberOf).DefaultIfEmpty(-1).Max() + 1;
        var path = Path.Combine(run.SnapshotsFolder, $"snapshot-{number:0000}-{counters.Seen:000000000}.safetensors");
        Snapshot.Save(path, recipe, counters);
        Prune();
        return path;
    }

    /// <summary>Takes away all snapshots after <paramref name="seen"/> pictures, but never the first.</summary>
    /// <returns>The newest that is left.</returns>
    public string GoBackTo(long seen)
    {
        var all = All();
        foreach (var path in all.Skip(1).Where(path => SeenOf(path) > seen))
            File.Delete(path);
        return All()[^1];
    }

    /// <summary>Notes that <paramref name="path"/> is the best so far; it is kept from now on.</summary>
    public void MarkBest(string path) => AtomicFile.Write(BestPath, Path.GetFileName(path) + "\n");

    private string BestPath => Path.Combine(run.SnapshotsFolder, "best.txt");

    private string? ReadBest() => File.Exists(BestPath) ? Path.Combine(run.SnapshotsFolder, File.ReadAllText(BestPath).Trim()) : null;

    private void Prune()
    {
        var all = All();
        var best = ReadBest();
        foreach (var path in all.SkipLast(KeptRecent))
        {
            if (NumberOf(path) % KeptEvery != 0 && path != best)
                File.Delete(path);
        }
    }

    private static int NumberOf(string path) => int.Parse(Path.GetFileName(path).Split('-')[1]);

    private static long SeenOf(string path) => long.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[2]);
}
