namespace Smirk.Files.Exact.Nodes;

/// <summary>Sorts numbers with a number beside each. Stable, so that sorting by one key after another sorts by both.</summary>
/// <remarks>Array.Sort would do the same, but its code for these types has to be compiled at run time, which takes longer than sorting a
/// small tree.</remarks>
internal static class RadixSort
{
    private const int DigitBits = 8;
    private const int Digits = 1 << DigitBits;

    // Below this counting digits costs more than moving neighbours.
    private const int FewItems = 48;

    /// <summary>Sorts both spans by <paramref name="keys"/>, ascending.</summary>
    public static void Sort(Span<ulong> keys, Span<int> items)
    {
        if (keys.Length <= FewItems)
            SortFew(keys, items);
        else
            SortMany(keys, items);
    }

    private static void SortFew(Span<ulong> keys, Span<int> items)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            var (key, item, at) = (keys[i], items[i], i);
            for (; at > 0 && keys[at - 1] > key; at--)
                (keys[at], items[at]) = (keys[at - 1], items[at - 1]);
            (keys[at], items[at]) = (key, item);
        }
    }

    private static void SortMany(Span<ulong> keys, Span<int> items)
    {
        Span<ulong> otherKeys = [];
        Span<int> otherItems = [];
        Span<int> starts = stackalloc int[Digits];
        var moved = false;
        for (var shift = 0; shift < 64; shift += DigitBits)
        {
            // A digit that all keys share moves nothing; most are of that kind.
            if (!FindStarts(moved ? otherKeys : keys, shift, starts))
                continue;
            if (otherKeys.IsEmpty)
            {
                otherKeys = new ulong[keys.Length];
                otherItems = new int[items.Length];
            }

            if (moved)
                Move(otherKeys, otherItems, keys, items, shift, starts);
            else
                Move(keys, items, otherKeys, otherItems, shift, starts);
            moved = !moved;
        }

        if (moved)
        {
            otherKeys.CopyTo(keys);
            otherItems.CopyTo(items);
        }
    }

    private static bool FindStarts(ReadOnlySpan<ulong> keys, int shift, Span<int> starts)
    {
        starts.Clear();
        foreach (var key in keys)
            starts[(int)(key >> shift) & (Digits - 1)]++;
        if (starts[(int)(keys[0] >> shift) & (Digits - 1)] == keys.Length)
            return false;
        var start = 0;
        for (var digit = 0; digit < Digits; digit++)
            (starts[digit], start) = (start, start + starts[digit]);
        return true;
    }

    private static void Move(
        ReadOnlySpan<ulong> fromKeys, ReadOnlySpan<int> fromItems, Span<ulong> toKeys, Span<int> toItems, int shift, Span<int> starts)
    {
        for (var i = 0; i < fromKeys.Length; i++)
        {
            var at = starts[(int)(fromKeys[i] >> shift) & (Digits - 1)]++;
            toKeys[at] = fromKeys[i];
            toItems[at] = fromItems[i];
        }
    }
}
