using Smirk.Files.Exact.Compare;
using Smirk.Files.Exact.Nodes;

namespace Smirk.Files.Exact.Memory;

/// <summary>Remembers from run to run what was read (--cache): hashes of first and last pages, and which files were found equal byte by
/// byte.</summary>
/// <remarks>A file is known by device, inode, size and both times; whatever changes it changes one of those, and then nothing is remembered
/// of it.
/// Equality is never taken from a hash: only from an earlier comparison of both files, as they still are.</remarks>
internal sealed class ContentMemory
{
    // Clocks of file systems move in steps of up to two seconds: a change right after reading may not show.
    private const long NanosecondsToSettle = 2_000_000_000;

    // Files not seen for so long are forgotten.
    private const int DaysToKeep = 365;

    private readonly FileNodes _nodes;
    private readonly string _path;
    private readonly DateTimeOffset _now;
    private readonly MemoryRecord[] _old;
    private readonly MemoryRecord[] _current;
    private long _nextComparison;

    /// <summary>Loads what is remembered of <paramref name="nodes"/>.</summary>
    public ContentMemory(string path, FileNodes nodes, DateTimeOffset now)
    {
        (_nodes, _path, _now) = (nodes, path, now);
        (_old, var next) = MemoryFile.Read(path);
        _nextComparison = (long)next;
        _current = new MemoryRecord[nodes.Count];
        for (var file = 0; file < _current.Length; file++)
        {
            var at = Array.BinarySearch(_old, new MemoryRecord { Identity = nodes[file].Identity }, MemoryOrder.ByFile);
            if (at >= 0 && _old[at].Identity == nodes[file].Identity)
                _current[file] = _old[at];
            _current[file].Identity = nodes[file].Identity;
        }
    }

    /// <summary>The hash of the file's first or last page, if it is remembered.</summary>
    public ulong? Find(int file, bool isTail)
    {
        ref var record = ref _current[file];
        if ((record.Known & (isTail ? MemoryParts.Tail : MemoryParts.Head)) == MemoryParts.None)
            return null;
        return isTail ? record.Tail : record.Head;
    }

    /// <summary>Remembers a hash; the file must be in the state that the scan saw.</summary>
    public void Keep(int file, bool isTail, ulong hash)
    {
        ref var record = ref _current[file];
        if (isTail)
            (record.Tail, record.Known) = (hash, record.Known | MemoryParts.Tail);
        else
            (record.Head, record.Known) = (hash, record.Known | MemoryParts.Head);
    }

    /// <summary>Does what <see cref="ClassComparer.Compare"/> does, comparing only what isn't known from earlier.</summary>
    public void Compare(int[] files, ClassComparer comparer, List<int[]> sets)
    {
        // Files that are known to be equal go as one; a file of which nothing is known goes alone.
        var alike =
            files.GroupBy(file => _current[file].Comparison == 0 ? (0UL, (uint)file) : (_current[file].Comparison, _current[file].Set))
            .ToDictionary(set => set.First(), set => set.ToArray());
        var comparisons = files.Select(file => _current[file].Comparison).Distinct().ToArray();
        if (comparisons is [not 0])
        {
            sets.AddRange(alike.Values);
            return;
        }

        var comparison = (ulong)Interlocked.Increment(ref _nextComparison);
        comparer.Compare([.. alike.Keys], sets);
        for (var i = 0; i < sets.Count; i++)
        {
            sets[i] = [.. sets[i].SelectMany(file => alike[file])];
            foreach (var file in sets[i])
                (_current[file].Comparison, _current[file].Set) = (comparison, (uint)i);
        }
    }

    /// <summary>Writes all that is remembered, of this run's files and of others.</summary>
    public void Save()
    {
        var today = (ushort)(_now - DateTimeOffset.UnixEpoch).TotalDays;
        var settled = ((_now - DateTimeOffset.UnixEpoch).Ticks * 100) - NanosecondsToSettle;
        var kept = _current.Where(r => r.Known != MemoryParts.None && r.Identity.Changed < settled).ToArray();
        for (var i = 0; i < kept.Length; i++)
            kept[i].Day = today;
        Array.Sort(kept, MemoryOrder.ByFile);
        var others = _old.Where(r => r.Day + DaysToKeep > today && Array.BinarySearch(kept, r, MemoryOrder.ByFile) < 0);
        MemoryRecord[] all = [.. kept, .. others];
        Array.Sort(all, MemoryOrder.ByFile);
        MemoryFile.Write(_path, all, (ulong)_nextComparison + 1);
    }
}
