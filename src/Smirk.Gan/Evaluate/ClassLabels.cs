using Smirk.Gan.Data;

namespace Smirk.Gan.Evaluate;

/// <summary>Finds the classes of a pack's pictures.</summary>
internal static class ClassLabels
{
    /// <summary>Those of <paramref name="rows"/> that lie in a folder named like one of <paramref name="classes"/>, with its number.</summary>
    public static Labelled Of(TrainingPack pack, IEnumerable<int> rows, IReadOnlyList<string> classes)
    {
        var numbers = classes.Index().ToDictionary(c => c.Item, c => (long)c.Index);
        int[] known = [.. rows.Where(row => pack.Rows[row].Folder is { } folder && numbers.ContainsKey(folder))];
        return new Labelled(pack.Of(known), [.. known.Select(row => numbers[pack.Rows[row].Folder!])]);
    }
}
