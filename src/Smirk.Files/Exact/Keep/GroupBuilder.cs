using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Exact.Keep;

/// <summary>Makes groups for a person of sets of equal files.</summary>
internal sealed class GroupBuilder(FoundFiles table, FileNodes nodes, ExactOptions options, FolderSet guarded, CancellationToken cancel)
{
    private readonly PathBuilder _path = new();

    private sealed record Ranked(long Freed, DuplicateGroup Group);

    /// <summary>The groups, those that free the most first.</summary>
    public List<DuplicateGroup> Build(IReadOnlyList<int[]> equal)
    {
        var choice = new KeeperChoice(options, file => guarded.Contains(file.Folder));
        var groups = new List<Ranked>();
        foreach (var set in options.HardLinksAreDuplicates ? equal.Concat(LinkedAlone(equal)) : equal)
        {
            cancel.ThrowIfCancellationRequested();
            var group = choice.Choose(InOrder(set));
            groups.Add(new Ranked(FreedBytes.Of(group), group));
        }

        groups.Sort((a, b) => a.Freed != b.Freed ? b.Freed.CompareTo(a.Freed) : a.Group.Keeper.Path.CompareTo(b.Group.Keeper.Path));
        return groups.ConvertAll(g => g.Group);
    }

    private List<FoundFile> InOrder(int[] set)
    {
        var files = new List<FoundFile>();
        foreach (var file in set)
        {
            foreach (var row in options.HardLinksAreDuplicates ? nodes.NamesOf(file) : nodes.NamesOf(file)[..1])
                files.Add(table.ToFile(row, _path));
        }

        files.Sort((a, b) => options.Reverse ? Compare(b, a) : Compare(a, b));
        return files;
    }

    // Copies that keep the time of modification are told apart by when they were made, as in fdupes.
    private int Compare(FoundFile a, FoundFile b)
    {
        var order = options.Order == FileOrder.Modified ? a.Identity.Modified.CompareTo(b.Identity.Modified) : 0;
        if (order == 0 && options.Order != FileOrder.Name)
            order = a.Identity.Changed.CompareTo(b.Identity.Changed);
        return order != 0 ? order : a.Path.CompareTo(b.Path);
    }

    // A file with several names of which no other file has the content is a group by itself.
    private IEnumerable<int[]> LinkedAlone(IReadOnlyList<int[]> equal)
    {
        var seen = equal.SelectMany(set => set).ToHashSet();
        for (var file = 0; file < nodes.Count; file += nodes.NamesOf(file).Length)
        {
            if (nodes.NamesOf(file).Length > 1 && !seen.Contains(file))
                yield return [file];
        }
    }
}
