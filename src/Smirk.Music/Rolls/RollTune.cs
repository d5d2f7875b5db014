using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>Rolls as tunes.</summary>
public static class RollTune
{
    private const int TicksPerQuarter = 480;
    private const int Velocity = 80, VelocityOnBeat = 92;

    /// <summary>The tune.</summary>
    /// <param name="roll">As long as it likes to be.</param>
    /// <param name="tempo">Quarters a minute, 4 to 1000.</param>
    /// <param name="metre">One that <see cref="BarLayout"/> knows.</param>
    /// <param name="shortest">Shorter notes, in steps, are left out.</param>
    public static Tune Of(Roll roll, double tempo, Metre metre, int shortest = 1)
    {
        ArgumentNullException.ThrowIfNull(roll);
        var perQuarter = BarLayout.StepsPerQuarter(metre)
            ?? throw new ArgumentException($"{metre} has no place on a roll; {BarLayout.Known} have.", nameof(metre));
        var ticks = TicksPerQuarter / perQuarter;
        var beat = BarLayout.StepsPerBeat(metre)!.Value;
        var notes = roll.Notes(shortest).Select(n => new Note(
            n.Start * ticks, n.End * ticks, n.Pitch, n.Start % beat == 0 ? VelocityOnBeat : Velocity, 0));
        return new Tune(
            TicksPerQuarter, [.. notes], [new TempoChange(0, (int)Math.Round(60e6 / tempo))],
            [new MetreChange(0, metre == new Metre(1, 4) ? Metre.Common : metre)]);
    }
}
