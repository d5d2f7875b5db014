using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>What a tune was cut into.</summary>
/// <param name="Windows">Four bars each, those that are silent left out.</param>
/// <param name="Remark">What a person should know of how it was cut; null for nothing.</param>
public sealed record CutTune(IReadOnlyList<RollWindow> Windows, string? Remark);

/// <summary>Cuts tunes into windows of four bars on a grid of 48 steps a bar. Drums are left out.</summary>
public static class RollCutter
{
    /// <summary>Quarters a minute that windows of eight seconds are played at: four bars of 4/4 last as long.</summary>
    public const int TempoOfSeconds = 120;

    // Onsets at random are on the grid half the time.
    private const double LeastOnGrid = 0.6;

    // A tune of a day, or a damaged one with a pause of years.
    private const int MostSteps = 10_000 * Roll.BarSteps;

    private const int StepsPerSecond = 24;

    /// <summary>Cuts a tune.</summary>
    /// <exception cref="NoRollException">It has no notes but drums', no time signature that fits, or is too long.</exception>
    public static CutTune Cut(Tune tune)
    {
        var parts = Encode(tune, out var remark);
        var windows = new List<RollWindow>();
        foreach (var part in parts)
        {
            for (var from = 0; from < part.Roll.Steps; from += Roll.WindowSteps)
            {
                var roll = part.Roll.Part(from, Roll.WindowSteps);
                var isStump = from > 0 && from + Roll.WindowSteps >= part.Roll.Steps && BarsWithOnsets(roll) < 2;
                if (!roll.IsSilent && !isStump)
                    windows.Add(new RollWindow(roll, windows.Count, part.Metre, part.TempoAt(from)));
            }
        }

        return new CutTune(windows, remark);
    }

    /// <summary>The tune as rolls as long as it is, one for each stretch of one time signature.</summary>
    /// <param name="tune">The tune.</param>
    /// <param name="remark">What a person should know of how it was cut; null for nothing.</param>
    /// <param name="leastOnGrid">Share of onsets on the grid below which it is cut by seconds.</param>
    /// <exception cref="NoRollException">See <see cref="Cut"/>.</exception>
    internal static IReadOnlyList<RollPart> Encode(Tune tune, out string? remark, double leastOnGrid = LeastOnGrid)
    {
        ArgumentNullException.ThrowIfNull(tune);
        var notes = tune.Notes.Where(n => n.Channel != Note.DrumChannel).ToList();
        if (notes.Count == 0)
            throw new NoRollException(tune.Notes.Count == 0 ? "no music: it has no notes" : "no music: it has no notes but those of drums");
        var all = Segment.Of(tune);
        var segments = all.Where(s => s.StepsPerQuarter is not null).ToList();
        var placed = segments.SelectMany(s => notes.Where(s.Holds).Select(n => (Segment: s, Note: n))).ToList();
        var left = all.Except(segments).Where(s => notes.Exists(s.Holds)).Select(s => s.Metre).Distinct().ToList();
        if (placed.Count == 0)
        {
            throw new NoRollException(
                $"no roll: it is in {string.Join(" and ", left)}, which has no place on a roll; {BarLayout.Known} have");
        }

        remark = left.Count == 0 ? null : $"its bars in {string.Join(", ", left)} were left out";
        var onGrid = placed.Count(p => p.Segment.IsOnGrid(p.Note.Start)) / (double)placed.Count;
        if (onGrid < leastOnGrid)
        {
            remark = FormattableString.Invariant(
                $"{onGrid * 100:0} % of its notes begin on a beat's quarters or thirds: it was cut into pieces of eight seconds");
            return [BySeconds(tune, notes)];
        }

        var tempos = tune.TempoMap;
        return
        [
            .. placed.GroupBy(p => p.Segment).Select(group => new RollPart(
                RollOf(group.Select(p => p.Segment.Place(p.Note))), group.Key.Metre,
                step => (int)Math.Round(tempos.TempoAt(group.Key.TickOf(step))))),
        ];
    }

    private static RollPart BySeconds(Tune tune, List<Note> notes)
    {
        var tempos = tune.TempoMap;
        var roll = RollOf(notes.Select(n => (
            tempos.SecondsAt(n.Start) * StepsPerSecond, tempos.SecondsAt(n.End) * StepsPerSecond, n.Pitch)));
        return new RollPart(roll, null, _ => TempoOfSeconds);
    }

    private static Roll RollOf(IEnumerable<(double Start, double End, int Pitch)> notes)
    {
        var placed = new List<RollNote>();
        foreach (var (start, end, pitch) in notes)
        {
            if (start > MostSteps)
                throw new NoRollException($"no roll: it has more than {MostSteps / Roll.BarSteps} bars");
            var step = (int)Math.Round(start, MidpointRounding.AwayFromZero);
            var after = (int)Math.Round(Math.Min(end, MostSteps + Roll.BarSteps), MidpointRounding.AwayFromZero);
            placed.Add(new RollNote(step, Math.Max(step + 1, after), Roll.Fold(pitch)));
        }

        return Roll.Of(placed, placed.Max(n => n.End));
    }

    private static int BarsWithOnsets(Roll roll) => roll.Notes().Select(n => n.Start / Roll.BarSteps).Distinct().Count();
}

/// <summary>A stretch of a tune as one roll.</summary>
/// <param name="Roll">From its first bar to its last note's end.</param>
/// <param name="Metre">Its time signature; null where it was cut by seconds.</param>
/// <param name="TempoAt">Quarters a minute at a step.</param>
internal sealed record RollPart(Roll Roll, Metre? Metre, Func<int, int> TempoAt);
