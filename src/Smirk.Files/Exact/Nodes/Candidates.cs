namespace Smirk.Files.Exact.Nodes;

/// <summary>Files that may be equal, cut into classes: only files of one class can be. Each step makes the classes smaller; a class of one
/// is dropped.</summary>
/// <param name="Files">Positions in the <see cref="FileNodes"/>, class after class.</param>
/// <param name="Ends">Where in <paramref name="Files"/> each class ends.</param>
internal sealed record Candidates(int[] Files, int[] Ends)
{
    /// <summary>The classes of files that are alike from the outside.</summary>
    public static Candidates OfOneSize(FileNodes nodes, bool byPermissions)
    {
        var builder = new CandidatesBuilder(nodes.Count);
        for (var at = 0; at < nodes.Count;)
        {
            var first = at;
            do
            {
                builder.Add(at);
                at += nodes.NamesOf(at).Length;
            }
            while (at < nodes.Count && nodes.AreAlike(first, at, byPermissions));
            builder.EndClass();
        }

        return builder.ToCandidates();
    }

    /// <summary>The files of class <paramref name="number"/>.</summary>
    public ReadOnlySpan<int> this[int number] => Files.AsSpan((number == 0 ? 0 : Ends[number - 1])..Ends[number]);

    /// <summary>Cuts every class by <paramref name="hashes"/> (one for each of <see cref="Files"/>), leaving out files for which it is
    /// null.</summary>
    public Candidates SplitBy(ulong?[] hashes)
    {
        var builder = new CandidatesBuilder(Files.Length);
        var keys = new ulong[Files.Length];
        var files = new int[Files.Length];
        for (var (number, start) = (0, 0); number < Ends.Length; start = Ends[number++])
        {
            var count = 0;
            for (var at = start; at < Ends[number]; at++)
            {
                if (hashes[at] is { } hash)
                    (keys[count], files[count++]) = (hash, Files[at]);
            }

            RadixSort.Sort(keys.AsSpan(0, count), files.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                builder.Add(files[i]);
                if (i + 1 == count || keys[i] != keys[i + 1])
                    builder.EndClass();
            }
        }

        return builder.ToCandidates();
    }
}

/// <summary>Collects classes, forgetting those of one.</summary>
internal sealed class CandidatesBuilder(int capacity)
{
    private readonly int[] _files = new int[capacity];
    private readonly List<int> _ends = [];
    private int _count;

    private int ClassStart => _ends.Count == 0 ? 0 : _ends[^1];

    public void Add(int file) => _files[_count++] = file;

    public void EndClass()
    {
        if (_count - ClassStart > 1)
            _ends.Add(_count);
        else
            _count = ClassStart;
    }

    public Candidates ToCandidates() => new(_files[.._count], [.. _ends]);
}
