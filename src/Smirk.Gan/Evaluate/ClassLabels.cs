using Smirk.Gan.Data;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Evaluate;

/// <summary>Finds the classes of a pack's pictures.</summary>
internal static class ClassLabels
{
    /// <summary>Those of <paramref name="rows"/> whose label is one of <paramref name="classes"/>, with its number.</summary>
    public static Labelled Of(TrainingPack pack, IEnumerable<int> rows, IReadOnlyList<string> classes, LabelSource labels)
    {
        var numbers = classes.Index().ToDictionary(c => c.Item, c => (long)c.Index);
        int[] known = [.. rows.Where(row => labels.Of(pack.Rows[row]) is { } label && numbers.ContainsKey(label))];
        return new Labelled(pack.Of(known), [.. known.Select(row => numbers[labels.Of(pack.Rows[row])!])]);
    }
}
