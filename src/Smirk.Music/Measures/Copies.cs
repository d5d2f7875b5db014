using Smirk.Music.Rolls;

namespace Smirk.Music.Measures;

/// <summary>Exact copies of known windows, transposed ones among them.</summary>
public static class Copies
{
    /// <summary>Share of <paramref name="rolls"/> that are a window of <paramref name="known"/> in some key, 0…1.</summary>
    public static double ShareOf(IReadOnlyList<Roll> rolls, IEnumerable<Roll> known)
    {
        ArgumentNullException.ThrowIfNull(rolls);
        var seen = known.Select(InAnyKey).ToHashSet(StringComparer.Ordinal);
        return rolls.Count == 0 ? 0 : rolls.Count(roll => seen.Contains(InAnyKey(roll))) / (double)rolls.Count;
    }

    /// <summary>What a window has in common with itself in any other key: its notes with the lowest pitch as zero.</summary>
    public static string InAnyKey(Roll roll)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var notes = roll.Notes();
        var lowest = notes.Count == 0 ? 0 : notes.Min(n => n.Pitch);
        return string.Join(' ', notes.Select(n => $"{n.Start},{n.End},{n.Pitch - lowest}"));
    }
}
