using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Exact.Nodes;

/// <summary>The files of a table by inode: a file with several names is one file. Sorted by size, so that what can be equal stands
/// together.</summary>
/// <remarks>A file is spoken of by its position; its names are the rows from there on that have the same inode.</remarks>
internal sealed class FileNodes
{
    private readonly FoundFiles _table;
    private readonly int[] _rows;

    private FileNodes(FoundFiles table, int[] rows)
    {
        _table = table;
        _rows = rows;
    }

    public int Count => _rows.Length;

    /// <summary>Takes the rows that <paramref name="wanted"/> lets through.</summary>
    public static FileNodes Sort(FoundFiles table, Func<int, bool> wanted, bool byPermissions)
    {
        var rows = new int[table.RowLimit];
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            if (wanted(row))
                rows[count++] = row;
        }

        Array.Resize(ref rows, count);
        var keys = new ulong[count];
        SortBy(row => table[row].Identity.Inode);
        SortBy(row => table[row].Identity.Device);
        if (byPermissions)
        {
            SortBy(row => ((ulong)table[row].User << 32) | table[row].Group);
            SortBy(row => table[row].Mode);
        }

        SortBy(row => (ulong)table[row].Identity.Size);
        var nodes = new FileNodes(table, rows);
        return new FileNodes(table, nodes.WithoutRepeats());

        void SortBy(Func<int, ulong> key)
        {
            for (var i = 0; i < count; i++)
                keys[i] = key(rows[i]);
            RadixSort.Sort(keys, rows);
        }
    }

    /// <summary>The row of the file's first name.</summary>
    public ref FileRow this[int position] => ref _table[_rows[position]];

    /// <summary>The rows of all of the file's names.</summary>
    public ReadOnlySpan<int> NamesOf(int position)
    {
        var end = position + 1;
        while (end < _rows.Length && IsSameFile(_rows[position], _rows[end]))
            end++;
        return _rows.AsSpan(position..end);
    }

    /// <summary>Whether the files may be duplicates of one another: of one size and, where asked, with the same owner and
    /// permissions.</summary>
    public bool AreAlike(int left, int right, bool byPermissions)
    {
        ref var a = ref this[left];
        ref var b = ref this[right];
        return a.Identity.Size == b.Identity.Size && (!byPermissions || (a.Mode == b.Mode && a.User == b.User && a.Group == b.Group));
    }

    public RawPath PathOf(int position) => _table.PathOf(_rows[position]);

    // The same directory entry can be met twice (a file that is named besides its folder); it counts once. Names that are no links come
    // first.
    private int[] WithoutRepeats()
    {
        var kept = 0;
        for (var at = 0; at < _rows.Length;)
        {
            var names = NamesOf(at);
            at += names.Length;
            if (names.Length == 1)
            {
                _rows[kept++] = names[0];
                continue;
            }

            var ordered = names.ToArray();
            Array.Sort(ordered, CompareNames);
            for (var i = 0; i < ordered.Length; i++)
            {
                if (!ordered[..i].Any(earlier => IsSameEntry(earlier, ordered[i])))
                    _rows[kept++] = ordered[i];
            }
        }

        return _rows[..kept];
    }

    private int CompareNames(int left, int right)
    {
        var links = _table[left].ThroughLink.CompareTo(_table[right].ThroughLink);
        return links != 0 ? links : _table.PathOf(left).CompareTo(_table.PathOf(right));
    }

    private bool IsSameEntry(int left, int right) =>
        _table.Folder(_table[left].Folder).Identity == _table.Folder(_table[right].Folder).Identity
            && _table[left].NameBytes.SequenceEqual(_table[right].NameBytes);

    private bool IsSameFile(int left, int right) => _table[left].Identity.IsSameFile(_table[right].Identity);
}
