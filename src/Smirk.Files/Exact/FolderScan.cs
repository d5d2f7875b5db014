using Smirk.Files.Posix;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Exact;

/// <summary>Finds every regular file below the given paths. A folder is visited once, whether it is given twice, nested, reached through a link or bind-mounted.</summary>
internal static class FolderScan
{
    /// <summary>Fills the table. What can't be opened is refused, by name.</summary>
    /// <exception cref="UsageException">A path that the person named doesn't exist, or is to be passed over.</exception>
    public static void Run(ScanOptions options, FileTable table, RefusalList refused, Workers workers)
    {
        var queue = new ScanQueue();
        var visited = new FolderSet();
        foreach (var path in options.Excluded)
        {
            if (FolderTree.IdentityOf(path) is not { } folder)
                continue;
            visited.Add(folder);
            foreach (var root in options.Paths)
            {
                if (FolderTree.IdentityOf(root) == folder)
                    throw new UsageException($"{root} is the quarantine itself; name another folder for one of the two. Nothing was done.");
            }
        }

        long files = new ScanRoots(options, table, refused, queue).Add();
        workers.Run("scan", "files", () => Interlocked.Read(ref files), total: null, _ =>
        {
            using var worker = new ScanWorker(options, table, refused, queue, visited, number => Interlocked.Add(ref files, number));
            queue.Process(worker.Work, workers.Cancel);
        });
    }
}
