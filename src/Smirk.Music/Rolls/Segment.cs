using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>A stretch of a tune in one time signature.</summary>
/// <param name="From">Its first tick.</param>
/// <param name="To">The first tick after it.</param>
/// <param name="Metre">The time signature.</param>
/// <param name="TicksPerQuarter">The tune's.</param>
internal sealed record Segment(long From, long To, Metre Metre, int TicksPerQuarter)
{
    // How far from the grid an onset counts as on it, in beats.
    private const double Tolerance = 1 / 24.0;

    private static readonly double[] SimpleGrid = [0, 1 / 4.0, 1 / 3.0, 1 / 2.0, 2 / 3.0, 3 / 4.0, 1];
    private static readonly double[] CompoundGrid = [0, 1 / 6.0, 1 / 3.0, 1 / 2.0, 2 / 3.0, 5 / 6.0, 1];

    public int? StepsPerQuarter => BarLayout.StepsPerQuarter(Metre);

    /// <summary>The tune's stretches, in order. Where a time signature is only told once more on a bar line, nothing ends.</summary>
    public static IReadOnlyList<Segment> Of(Tune tune)
    {
        var segments = new List<Segment>();
        var (from, metre) = (0L, Metre.Common);
        foreach (var change in tune.Metres)
        {
            var bar = metre.Quarters * tune.TicksPerQuarter;
            if (change.Metre == metre && (change.Tick - from) % bar == 0)
                continue;
            if (change.Tick > from)
                segments.Add(new Segment(from, change.Tick, metre, tune.TicksPerQuarter));
            (from, metre) = (change.Tick, change.Metre);
        }

        segments.Add(new Segment(from, long.MaxValue, metre, tune.TicksPerQuarter));
        return segments;
    }

    public bool Holds(Note note) => note.Start >= From && note.Start < To;

    /// <summary>Where a note lies, in steps from the segment's beginning.</summary>
    public (double Start, double End, int Pitch) Place(Note note) => (Step(note.Start), Step(Math.Min(note.End, To)), note.Pitch);

    public long TickOf(int step) => From + ((long)step * TicksPerQuarter / StepsPerQuarter!.Value);

    /// <summary>Whether a tick lies on a beat's quarters or thirds.</summary>
    public bool IsOnGrid(long tick)
    {
        var beat = (tick - From) / (double)TicksPerQuarter / (Metre.IsCompound ? 1.5 : 1);
        var within = beat - Math.Floor(beat);
        return Array.Exists(Metre.IsCompound ? CompoundGrid : SimpleGrid, at => Math.Abs(at - within) <= Tolerance + 1e-9);
    }

    private double Step(long tick) => (tick - From) * (double)StepsPerQuarter!.Value / TicksPerQuarter;
}
