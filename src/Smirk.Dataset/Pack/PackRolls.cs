using Smirk.Music.Rolls;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>Rolls are packed as they are: enlarged or shrunk, a row is no pitch any more.</summary>
internal static class PackRolls
{
    /// <summary>Refuses another size than the rolls'. Among other pictures a few rolls are pictures like them.</summary>
    /// <exception cref="UsageException">All pictures are rolls, and one of them has another size.</exception>
    public static void CheckSize(int size, IReadOnlyList<PackItem> items)
    {
        if (items.Count == 0 || !items.All(item => item.Row.IsRoll) || items.All(item => item.Row.RollSize == size))
            return;
        var sizes = string.Join(" and of ", items.Select(item => item.Row.RollSize).Distinct().Order());
        throw new UsageException($"--size {size}: the workspace's tunes are rolls of {sizes} pixels, a row a pitch and a column a moment; "
            + "they are learnt at that size.");
    }

    /// <summary>What most of the rolls have in common; null where not all pictures are rolls.</summary>
    public static PackRoll? Usual(int size, IReadOnlyList<PackItem> items)
    {
        if (RollShape.OfSize(size) is not { } shape || !items.All(item => item.Row.IsRoll)
            || RollPile.Usual(items.Select(item => item.Row.File), shape) is not var (metre, tempo)
            || BarLayout.StepsPerQuarter(metre) is not { } quarter)
            return null;
        return new PackRoll(BarLayout.StepsPerBeat(metre)!.Value, quarter, Math.Max(1, tempo));
    }
}
