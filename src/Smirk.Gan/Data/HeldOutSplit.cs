using Smirk.Workspace.Packs;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Data;

/// <summary>Which rows of a pack are learnt from, and which are kept back to measure against.</summary>
/// <param name="Training">Rows to train on, rising.</param>
/// <param name="HeldOut">Rows that training never sees, rising.</param>
public sealed record HeldOutSplit(int[] Training, int[] HeldOut)
{
    // Fewer can't carry a nearest-neighbour statistic with k = 5.
    private const int Least = 64;

    // Fewer haven't got five neighbours each: nothing can be measured on them.
    private const int Useful = 6;

    // Of a small pile more than a quarter is too much to give away.
    private const double LargestShare = 0.25;

    // One of three.
    private const double LargestGroup = 0.4;

    /// <summary>What a person should know before trusting what is measured on so few; null where they are enough.</summary>
    public string? Caution => HeldOut.Length switch
    {
        >= Least => null,
        0 =>
            $"{Training.Length} pictures are too few to hold any back: nothing can be measured, and whether it copies has to be seen with "
                + "one's own eyes",
        _ =>
            $"only {HeldOut.Length} of {HeldOut.Length + Training.Length} pictures could be held back: what is measured on them is a "
                + $"rough guess ({Least} and more tell something)",
    };

    /// <summary>Splits by group, so that nothing held out has a near duplicate in training. The same pack and seed give the same
    /// split.</summary>
    /// <param name="rows">The pack's rows.</param>
    /// <param name="share">Share to hold out, 0…0.5; at least 64 pictures where that is no more than a quarter; the smallest group
    /// where none is as small as that; nothing where that leaves fewer than 6, or for 0.</param>
    /// <param name="seed">The run's seed.</param>
    public static HeldOutSplit Of(IReadOnlyList<PackRow> rows, double share, ulong seed)
    {
        var all = Enumerable.Range(0, rows.Count).ToArray();
        if (share <= 0)
            return new HeldOutSplit(all, []);
        var wanted = Math.Min(Math.Max(rows.Count * share, Least), rows.Count * Math.Max(LargestShare, share));
        var groups = all.GroupBy(row => rows[row].Group ?? rows[row].Picture).OrderBy(group => Seed.Derive(seed, "held-out " + group.Key));
        var heldOut = new List<int>();
        foreach (var group in groups)
        {
            // A group that would overshoot is passed over: one meme with 400 copies must not become the whole held-out set.
            if (heldOut.Count + group.Count() <= wanted)
                heldOut.AddRange(group);
        }

        // A few tunes of a hundred windows each: none is as small as what was asked for, and one is better than nothing.
        if (heldOut.Count < Useful)
            heldOut = [.. groups.Where(group => group.Count() >= Useful && group.Count() <= rows.Count * LargestGroup)
                .MinBy(group => group.Count()) ?? Enumerable.Empty<int>()];
        if (heldOut.Count < Useful)
            return new HeldOutSplit(all, []);
        heldOut.Sort();
        return new HeldOutSplit([.. all.Except(heldOut)], [.. heldOut]);
    }
}
