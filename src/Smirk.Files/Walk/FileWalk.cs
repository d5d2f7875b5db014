using Smirk.Files.Posix;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Walk;

/// <summary>What a walk found.</summary>
/// <param name="Files">Every regular file, by path. A file with several names is found under each.</param>
/// <param name="Refused">What could not be opened or followed, by path.</param>
public sealed record WalkResult(IReadOnlyList<FoundFile> Files, IReadOnlyList<RefusedPath> Refused);

/// <summary>Finds every regular file below the given paths. A folder is visited once, whether it is given twice, nested, reached through a
/// link or bind-mounted.</summary>
public static class FileWalk
{
    /// <summary>Walks on one thread, the paths in the order given: what two of them lead to is found below the first.</summary>
    /// <exception cref="UsageException">A path that the person named doesn't exist, or is excluded itself.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static WalkResult Run(WalkOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var refused = new RefusalList();
        using var table = new FoundFiles();
        Run(options, table, refused, new FolderSet(), new Workers(1, progress, cancel));
        var path = new PathBuilder();
        var files = new List<FoundFile>();
        for (var row = 0; row < table.RowLimit; row++)
        {
            if (table.IsUsed(row))
                files.Add(table.ToFile(row, path));
        }

        // A file that was named besides its folder is met twice.
        return new WalkResult([.. files.OrderBy(file => file.Path).DistinctBy(file => file.Path)], refused.Sorted());
    }

    /// <summary>Fills the table, on all of the workers' threads. What can't be opened is refused, by name.</summary>
    /// <param name="options">What to find.</param>
    /// <param name="table">Where files are put.</param>
    /// <param name="refused">Where refusals are put.</param>
    /// <param name="visited">Folders that aren't visited any more; those that were visited are added.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="UsageException">A path that the person named doesn't exist, or is excluded itself.</exception>
    internal static void Run(WalkOptions options, FoundFiles table, RefusalList refused, FolderSet visited, Workers workers)
    {
        var queue = new WalkQueue();
        foreach (var path in options.Excluded)
        {
            if (FolderTree.IdentityOf(path) is not { } folder)
                continue;
            visited.Add(folder);
            foreach (var root in options.Paths)
            {
                if (FolderTree.IdentityOf(root) == folder)
                    throw new UsageException($"{root} is the quarantine itself. Nothing was done; name another folder for one of the two.");
            }
        }

        var named = new FolderSet();
        foreach (var path in options.LeavesOwnFoldersOut ? options.Paths : [])
        {
            if (FolderTree.IdentityOf(path) is { } folder)
                named.Add(folder);
        }

        var leftOut = new FolderSet();
        long files = new WalkRoots(options, table, refused, queue).Add();
        workers.Run("scan", "files", () => Interlocked.Read(ref files), total: null, _ =>
        {
            using var worker = new WalkWorker(
                options, table, refused, queue, visited, named, leftOut, number => Interlocked.Add(ref files, number), workers.Cancel);
            queue.Process(worker.Work, workers.Cancel);
        });
    }
}
