using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Boxes;

/// <summary>A part of the new file.</summary>
/// <param name="Offset">Where in the old file it is, or what it takes the place of.</param>
/// <param name="Length">How many bytes of the old file.</param>
/// <param name="Literal">New bytes in their place; null to keep them. Their number is final, their values may still change.</param>
/// <param name="StandsFor">Whether the new bytes are found where the old ones are looked for.</param>
internal sealed record LayoutPart(long Offset, long Length, byte[]? Literal, bool StandsFor = false)
{
    /// <summary>Bytes in the new file.</summary>
    public long NewLength => Literal?.Length ?? Length;
}

/// <summary>
/// Where everything comes to lie in the new file. Boxes name places in the file: once all lengths are known, each such place is looked up
/// here, which is also the proof that what it names is there, byte by byte.
/// </summary>
internal sealed class Layout
{
    private readonly List<LayoutPart> _parts = [];
    private readonly List<(string Name, long Bytes)> _removed = [];
    private (long Old, long Length, long New)[]? _kept;

    /// <summary>Keeps a range of the old file.</summary>
    public void Keep(long offset, long length)
    {
        if (length > 0)
            _parts.Add(new LayoutPart(offset, length, null));
    }

    /// <summary>Puts new bytes where a range of the old file was.</summary>
    public void Put(long offset, long length, byte[] literal) => _parts.Add(new LayoutPart(offset, length, literal));

    /// <summary>Puts as many new bytes where a range of the old file was; what names the old ones means these.</summary>
    public void Stand(long offset, byte[] literal) => _parts.Add(new LayoutPart(offset, literal.Length, literal, StandsFor: true));

    /// <summary>Says what goes.</summary>
    public void Remove(string name, long bytes) => _removed.Add((name, bytes));

    /// <summary>Where <paramref name="length"/> bytes from <paramref name="old"/> on are in the new file.</summary>
    /// <exception cref="UnstrippableException">They aren't kept as one run.</exception>
    public long Map(long old, long length)
    {
        _kept ??= Kept();
        var (low, high) = (0, _kept.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (from, count, to) = _kept[middle];
            if (old < from)
                high = middle - 1;
            else if (old >= from + count)
                low = middle + 1;
            else
                return old + length <= from + count ? to + (old - from) : throw Lost(old, length);
        }

        // A run without samples may stand behind the last byte.
        return length == 0 && high >= 0 && _kept[high].Old + _kept[high].Length == old ? _kept[high].New + _kept[high].Length
            : throw Lost(old, length);
    }

    /// <summary>Where the byte at <paramref name="old"/> is now: one that is kept, or the first of a box that was written anew.</summary>
    public long MapPlace(long old)
    {
        var at = 0L;
        foreach (var part in _parts)
        {
            if (part.Literal is not null && part.Offset == old)
                return at;
            at += part.NewLength;
        }

        return Map(old, 0);
    }

    /// <summary>The plan: parts that came out as they were are kept.</summary>
    public RewritePlan ToPlan(ByteSource source)
    {
        var plan = new RewritePlan(source);
        foreach (var part in _parts)
        {
            if (part.Literal is null)
                plan.Keep(part.Offset, part.Length);
            else
                plan.Exchange(part.Offset, part.Length, part.Literal);
        }

        foreach (var (name, bytes) in _removed)
            plan.Remove(name, Math.Max(1, bytes));
        return plan;
    }

    private static UnstrippableException Lost(long old, long length) =>
        new($"its data of {length} bytes at byte {old} can't be proven to stay as they are");

    // By their old places; neighbours that stay neighbours are one.
    private (long Old, long Length, long New)[] Kept()
    {
        var kept = new List<(long Old, long Length, long New)>();
        var at = 0L;
        foreach (var part in _parts)
        {
            if (part.Literal is null || part.StandsFor)
            {
                if (kept.Count > 0 && kept[^1] is var last && last.Old + last.Length == part.Offset && last.New + last.Length == at)
                    kept[^1] = last with { Length = last.Length + part.Length };
                else
                    kept.Add((part.Offset, part.Length, at));
            }

            at += part.NewLength;
        }

        kept.Sort((a, b) => a.Old.CompareTo(b.Old));
        return [.. kept];
    }
}
