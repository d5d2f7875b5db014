using System.Globalization;
using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>What a tune was cut into.</summary>
/// <param name="Windows">As many bars each as was asked for, those that are silent left out.</param>
/// <param name="Remark">What a person should know of how it was cut; null for nothing.</param>
public sealed record CutTune(IReadOnlyList<RollWindow> Windows, string? Remark);

/// <summary>Cuts tunes into windows of some bars on a grid of 48 steps a bar. Drums are left out.</summary>
public static class RollCutter
{
    /// <summary>Quarters a minute that windows cut by seconds are played at: four bars of 4/4 last eight seconds then.</summary>
    public const int TempoOfSeconds = 120;

    // Onsets at random are on the grid half the time.
    private const double LeastOnGrid = 0.6;

    // A tune of a day, or a damaged one with a pause of years.
    private const int MostSteps = 10_000 * Roll.BarSteps;

    private const int StepsPerSecond = 24;

    /// <summary>Cuts a tune.</summary>
    /// <param name="tune">The tune.</param>
    /// <param name="how">How much of it a window shows, and in which key.</param>
    /// <exception cref="NoRollException">It has no notes but drums', no time signature that fits, or is too long.</exception>
    public static CutTune Cut(Tune tune, RollCut how)
    {
        ArgumentNullException.ThrowIfNull(tune);
        ArgumentNullException.ThrowIfNull(how);
        var shape = how.Shape;
        if (how.InC)
            tune = InC(tune);
        var parts = Encode(tune, shape, out var remark);
        var windows = new List<RollWindow>();
        foreach (var part in parts)
        {
            for (var from = 0; from < part.Roll.Steps; from += shape.Steps)
            {
                var roll = part.Roll.Part(from, shape.Steps);
                var isStump = from > 0 && from + shape.Steps >= part.Roll.Steps && BarsWithOnsets(roll) < 2;
                if (!roll.IsSilent && !isStump)
                    windows.Add(new RollWindow(roll, how, windows.Count, part.Metre, part.TempoAt(from)));
            }
        }

        return new CutTune(windows, remark);
    }

    // Drums have no pitch.
    private static Tune InC(Tune tune)
    {
        var semitones = KeyFinder.SemitonesToC(tune.Notes.Where(n => n.Channel != Note.DrumChannel));
        return semitones == 0 ? tune : tune with
        {
            Notes = [.. tune.Notes.Select(n => n.Channel == Note.DrumChannel ? n : n with { Pitch = Folded(n.Pitch + semitones) })],
        };

        static int Folded(int pitch) => RollShape.EightBars.Fold(pitch);
    }

    /// <summary>The tune as rolls as long as it is, one for each stretch of one time signature.</summary>
    /// <param name="tune">The tune.</param>
    /// <param name="shape">Whose pitches it is folded into.</param>
    /// <param name="remark">What a person should know of how it was cut; null for nothing.</param>
    /// <param name="leastOnGrid">Share of onsets on the grid below which it is cut by seconds.</param>
    /// <exception cref="NoRollException">See <see cref="Cut"/>.</exception>
    internal static IReadOnlyList<RollPart> Encode(
        Tune tune, RollShape shape, out string? remark, double leastOnGrid = LeastOnGrid)
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
            remark = string.Create(
                CultureInfo.InvariantCulture,
                $"{onGrid * 100:0} % of its notes begin on a beat's quarters or thirds: it was cut into pieces of "
                    + $"{shape.Steps / StepsPerSecond} seconds");
            return [BySeconds(tune, notes, shape)];
        }

        var tempos = tune.TempoMap;
        return
        [
            .. placed.GroupBy(p => p.Segment).Select(group => new RollPart(
                RollOf(group.Select(p => p.Segment.Place(p.Note)), shape), group.Key.Metre,
                step => (int)Math.Round(tempos.TempoAt(group.Key.TickOf(step))))),
        ];
    }

    private static RollPart BySeconds(Tune tune, List<Note> notes, RollShape shape)
    {
        var tempos = tune.TempoMap;
        var roll = RollOf(notes.Select(n => (
            tempos.SecondsAt(n.Start) * StepsPerSecond, tempos.SecondsAt(n.End) * StepsPerSecond, n.Pitch)), shape);
        return new RollPart(roll, null, _ => TempoOfSeconds);
    }

    private static Roll RollOf(IEnumerable<(double Start, double End, int Pitch)> notes, RollShape shape)
    {
        var placed = new List<RollNote>();
        foreach (var (start, end, pitch) in notes)
        {
            if (start > MostSteps)
                throw new NoRollException($"no roll: it has more than {MostSteps / Roll.BarSteps} bars");
            var step = (int)Math.Round(start, MidpointRounding.AwayFromZero);
            var after = (int)Math.Round(Math.Min(end, MostSteps + Roll.BarSteps), MidpointRounding.AwayFromZero);
            placed.Add(new RollNote(step, Math.Max(step + 1, after), shape.Fold(pitch)));
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
