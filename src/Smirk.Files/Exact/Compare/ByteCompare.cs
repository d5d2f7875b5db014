using Smirk.Files.Exact.Memory;
using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Exact.Compare;

/// <summary>The last step: compares whole files byte by byte and cuts the classes into sets of equal files. No hash decides anything
/// here.</summary>
internal sealed class ByteCompare(FoundFiles table, FileNodes nodes, RefusalList refused, ContentMemory? memory)
{
    // From here on threads share the blocks of one class; below, each takes a class of its own.
    private const long LargeFile = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly List<int[]> _equal = [];
    private long _bytesRead;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>The sets of equal files, two or more each.</summary>
    public IReadOnlyList<int[]> Run(Candidates candidates, Workers workers)
    {
        var small = new List<int>();
        var large = new List<int>();
        long largestSmall = 0;
        var megabytes = 0.0;
        for (var number = 0; number < candidates.Ends.Length; number++)
        {
            var size = SizeOf(candidates, number);
            megabytes += size * (double)candidates[number].Length / 1e6;
            (size < LargeFile ? small : large).Add(number);
            if (size < LargeFile)
                largestSmall = Math.Max(largestSmall, size);
        }

        if (small.Count > 0)
            CompareSmall(candidates, small, largestSmall, megabytes, workers);
        foreach (var number in large)
            CompareLarge(candidates[number].ToArray(), megabytes, workers);
        return _equal;
    }

    private long SizeOf(Candidates candidates, int number) => nodes[candidates[number][0]].Identity.Size;

    private void CompareSmall(Candidates candidates, List<int> classes, long largest, double total, Workers workers)
    {
        var next = -1;
        workers.Run("compare bytes", "MB", () => BytesRead / 1e6, total, _ =>
        {
            using var first = new ReadBuffer((int)Math.Clamp(largest, 1, BlockSizes.Largest));
            using var other = new ReadBuffer(first.Size);
            var comparer = NewComparer(Compare, workers);
            var sets = new List<int[]>();
            while (Interlocked.Increment(ref next) is var at && at < classes.Count && !workers.Cancel.IsCancellationRequested)
                CompareClass(candidates[classes[at]].ToArray(), comparer, sets);

            void Compare(Lockstep lockstep)
            {
                lockstep.Work(first, other);
                Interlocked.Add(ref _bytesRead, lockstep.BytesRead);
            }
        });
    }

    private void CompareLarge(int[] files, double total, Workers workers)
    {
        CompareClass(files, NewComparer(Compare, workers), []);

        void Compare(Lockstep lockstep)
        {
            var before = BytesRead;
            workers.Run("compare bytes", "MB", () => (before + lockstep.BytesRead) / 1e6, total, _ =>
            {
                using var first = new ReadBuffer(BlockSizes.Largest);
                using var other = new ReadBuffer(BlockSizes.Largest);
                lockstep.Work(first, other);
            });
            Interlocked.Add(ref _bytesRead, lockstep.BytesRead);
        }
    }

    private ClassComparer NewComparer(Action<Lockstep> run, Workers workers) =>
        new(nodes, new CandidateOpener(table, nodes, refused), new Lockstep(workers.IsCold, workers.Cancel), run, workers.Cancel);

    private void CompareClass(int[] files, ClassComparer comparer, List<int[]> sets)
    {
        sets.Clear();
        if (memory is null)
            comparer.Compare(files, sets);
        else
            memory.Compare(files, comparer, sets);
        foreach (var set in sets)
        {
            if (set.Length < 2)
                continue;
            lock (_gate)
                _equal.Add(set);
        }
    }
}
