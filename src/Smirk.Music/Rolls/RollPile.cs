using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>What most windows of a pile are like.</summary>
public static class RollPile
{
    /// <summary>The commonest time signature, and the middle one of the tempos of the windows that have it.</summary>
    /// <param name="names">Of pictures; those that are no windows' are passed over.</param>
    /// <param name="shape">Windows of this shape count.</param>
    /// <returns>Null where none of them is such a window's.</returns>
    public static (Metre Metre, int Tempo)? Usual(IEnumerable<string?> names, RollShape shape)
    {
        ArgumentNullException.ThrowIfNull(names);
        var commonest = names.Select(name => RollWindow.Read(name ?? "")).OfType<(Metre Metre, int Tempo, RollCut Cut)>()
            .Where(window => window.Cut.Shape == shape).GroupBy(window => window.Metre).MaxBy(group => group.Count());
        if (commonest is null)
            return null;
        int[] tempos = [.. commonest.Select(window => window.Tempo).Order()];
        return (commonest.Key, tempos[tempos.Length / 2]);
    }
}
