using Smirk.Files.Exact.Compare;
using Smirk.Files.Exact.Keep;
using Smirk.Files.Exact.Memory;
using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Exact;

/// <summary>Finds files with equal bytes: by size, by first page, by last page, and then byte by byte. Changes nothing.</summary>
public static class ExactDuplicates
{
    /// <summary>Looks through <see cref="ExactOptions.Paths"/>.</summary>
    /// <exception cref="UsageException">A path that was named doesn't exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ExactSearchResult Run(
        ExactOptions options, IProgress<StageProgress>? progress, TimeProvider time, CancellationToken cancel)
    {
        var refused = new RefusalList();
        using var table = new FoundFiles();
        var workers = new Workers(options.Threads > 0 ? options.Threads : Math.Max(2, Environment.ProcessorCount), progress, cancel);
        var guarded = FolderTree.Collect(options.Protected, cancel);

        // Find all files; keep those of one size together.
        FileWalk.Run(options.Walk, table, refused, new FolderSet(), workers);
        var nodes = FileNodes.Sort(table, row => IsWanted(table, row, options), options.SamePermissions);
        var sameSize = Candidates.OfOneSize(nodes, options.SamePermissions);
        var memory = options.MemoryPath is null ? null : new ContentMemory(options.MemoryPath, nodes, time.GetUtcNow());
        var unread = memory is null ? sameSize.Files : Array.FindAll(sameSize.Files, file => memory.Find(file, isTail: false) is null);
        if (PageCache.LooksCold(unread, new CandidateOpener(table, nodes, refused)))
            workers = workers.ForDisk();

        // Keep apart what differs in its first or last page.
        var probe = new BlockProbe(table, nodes, refused, memory);
        var sameStart = probe.SplitByHead(sameSize, workers);
        var sameEnd = probe.SplitByTail(sameStart, workers);

        // Compare what is left.
        var compare = new ByteCompare(table, nodes, refused, memory);
        var equal = compare.Run(sameEnd, workers);
        memory?.Save();

        var groups = new GroupBuilder(table, nodes, options, guarded, cancel).Build(equal);
        return new ExactSearchResult(groups, refused.Sorted(), new ExactCounts
        {
            Files = table.CountRows(),
            SameSize = sameSize.Files.Length,
            SameStart = sameStart.Files.Length,
            SameEnd = sameEnd.Files.Length,
            Groups = groups.Count,
            Duplicates = groups.Sum(g => (long)g.Members.Count),
            Bytes = FreedBytes.Of(groups),
            BytesRead = probe.BytesRead + compare.BytesRead,
        });
    }

    private static bool IsWanted(FoundFiles table, int row, ExactOptions options)
    {
        if (!table.IsUsed(row))
            return false;
        var size = table[row].Identity.Size;
        return size >= options.MinSize && size <= options.MaxSize && (size > 0 || options.IncludeEmpty);
    }
}
