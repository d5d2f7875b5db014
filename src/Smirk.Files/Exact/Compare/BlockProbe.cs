using Smirk.Files.Exact.Memory;
using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Exact.Compare;

/// <summary>Reads one small block of every candidate and keeps apart those where it differs: most files of one size differ in their first
/// or last page.</summary>
internal sealed unsafe class BlockProbe(FoundFiles table, FileNodes nodes, RefusalList refused, ContentMemory? memory)
{
    /// <summary>A page: the least that a disk or the cache gives.</summary>
    public const int BlockBytes = 4096;

    // Smaller files are read to their end at once: looking at the last page first would hardly save anything.
    private const int LeastForTail = 64 * 1024;

    // Work is handed out in portions, so that threads seldom meet.
    private const int Portion = 16;

    private long _bytesRead;
    private long _done;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The first page. What is left afterwards may be equal.</summary>
    public Candidates SplitByHead(Candidates candidates, Workers workers) => Split(candidates, "compare starts", isTail: false, workers);

    /// <summary>The last page of large files.</summary>
    public Candidates SplitByTail(Candidates candidates, Workers workers) => Split(candidates, "compare ends", isTail: true, workers);

    private Candidates Split(Candidates candidates, string stage, bool isTail, Workers workers)
    {
        var files = candidates.Files;
        var hashes = new ulong?[files.Length];
        var order = workers.IsCold ? DiskOrder(files) : null;
        var next = 0;
        _done = 0;
        workers.Run(stage, "files", () => Interlocked.Read(ref _done), files.Length, _ =>
        {
            var opener = new CandidateOpener(table, nodes, refused);
            using var buffer = new ReadBuffer(BlockBytes);
            while (Interlocked.Add(ref next, Portion) - Portion is var
                from && from < files.Length && !workers.Cancel.IsCancellationRequested)
            {
                for (var i = from; i < Math.Min(from + Portion, files.Length); i++)
                {
                    var at = order?[i] ?? i;
                    hashes[at] = Hash(files[at], isTail, opener, buffer);
                }

                Interlocked.Add(ref _done, Portion);
            }
        });
        return candidates.SplitBy(hashes);
    }

    private ulong? Hash(int file, bool isTail, CandidateOpener opener, ReadBuffer buffer)
    {
        var identity = nodes[file].Identity;
        if (identity.Size == 0 || (isTail && identity.Size < LeastForTail))
            return 0;
        if (memory?.Find(file, isTail) is { } known)
            return known;
        var descriptor = opener.Open(file);
        if (descriptor < 0)
            return null;
        var hash = Read(file, identity.Size, isTail, descriptor, opener, buffer);
        if (hash is not null && memory is not null && opener.IsUnchanged(file, descriptor))
            memory.Keep(file, isTail, hash.Value);
        _ = NativeMethods.Close(descriptor);
        return hash;
    }

    private ulong? Read(int file, long size, bool isTail, int descriptor, CandidateOpener opener, ReadBuffer buffer)
    {
        var wanted = Math.Min(size, BlockBytes);
        var got = FileCalls.ReadFully(descriptor, buffer.Start, wanted, isTail ? size - wanted : 0);
        Interlocked.Add(ref _bytesRead, Math.Max(got, 0));
        if (got == wanted)
            return QuickHash.Of(buffer.Start, wanted);
        if (got < 0)
            opener.Refuse(file, "can't be read", (int)-got);
        else
            opener.RefuseChanged(file);
        return null;
    }

    // Inodes are numbered, and mostly laid out, in the order in which files were made.
    private int[] DiskOrder(int[] files)
    {
        var keys = new ulong[files.Length];
        var order = new int[files.Length];
        for (var i = 0; i < files.Length; i++)
            (keys[i], order[i]) = (nodes[files[i]].Identity.Inode, i);
        RadixSort.Sort(keys, order);
        return order;
    }
}
