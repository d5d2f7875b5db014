using Smirk.Files.Exact;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>The regular files below some paths, in the order of their names.</summary>
internal static class FoundFiles
{
    /// <summary>Scans as exact duplicates do. A file with several names is found under its first.</summary>
    public static List<FoundFile> Scan(ExactOptions options, RefusalList refused, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        using var table = new FileTable();
        var scan = new ScanOptions
        {
            Paths = options.Paths,
            MissingIsRefused = options.MissingIsRefused,
            Recurse = options.Recurse,
            FollowLinks = options.FollowLinks,
            SkipHidden = options.SkipHidden,
            Excluded = options.Excluded,
        };
        FolderScan.Run(scan, table, refused, new Workers(1, progress, cancel));
        var files = new List<FoundFile>();
        for (var row = 0; row < table.RowLimit; row++)
        {
            if (!table.IsUsed(row) || table[row].Identity.Size < options.MinSize || table[row].Identity.Size > options.MaxSize)
                continue;
            ref var from = ref table[row];
            files.Add(new FoundFile(table.PathOf(row), from.Identity, table.Folder(from.Folder).Identity)
            {
                Mode = from.Mode,
                Links = from.Links,
                Allocated = from.Allocated,
                ThroughLink = from.ThroughLink,
            });
        }

        return [.. files.OrderBy(f => f.Path).DistinctBy(f => (f.Identity.Device, f.Identity.Inode))];
    }
}
