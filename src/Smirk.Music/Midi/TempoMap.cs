namespace Smirk.Music.Midi;

/// <summary>A tempo from a tick on.</summary>
/// <param name="Tick">Where it begins.</param>
/// <param name="MicrosecondsPerQuarter">How long a quarter lasts; 500,000 are 120 a minute.</param>
public readonly record struct TempoChange(long Tick, int MicrosecondsPerQuarter);

/// <summary>When each tick of a tune sounds.</summary>
public sealed class TempoMap
{
    // What holds where nothing is said: 120 quarters a minute.
    private const int Usual = 500_000;

    private readonly List<(long Tick, double Seconds, double SecondsPerTick)> _parts = [];

    /// <summary>Makes the map.</summary>
    /// <param name="changes">In any order; of several at one tick the last counts.</param>
    /// <param name="ticksPerQuarter">At least 1.</param>
    public TempoMap(IEnumerable<TempoChange> changes, int ticksPerQuarter)
    {
        _parts.Add((0, 0, Usual / 1e6 / ticksPerQuarter));
        foreach (var change in changes.OrderBy(c => c.Tick))
        {
            var seconds = SecondsAt(change.Tick);
            if (_parts[^1].Tick == change.Tick)
                _parts.RemoveAt(_parts.Count - 1);
            _parts.Add((change.Tick, seconds, change.MicrosecondsPerQuarter / 1e6 / ticksPerQuarter));
        }

        TicksPerQuarter = ticksPerQuarter;
    }

    private int TicksPerQuarter { get; }

    /// <summary>Seconds from the beginning.</summary>
    public double SecondsAt(long tick)
    {
        var (from, seconds, perTick) = PartAt(tick);
        return seconds + ((tick - from) * perTick);
    }

    /// <summary>Quarters a minute at a tick.</summary>
    public double TempoAt(long tick) => 60 / (PartAt(tick).SecondsPerTick * TicksPerQuarter);

    private (long Tick, double Seconds, double SecondsPerTick) PartAt(long tick)
    {
        var (low, high) = (0, _parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _parts[middle].Tick <= tick ? (middle, high) : (low, middle - 1);
        }

        return _parts[low];
    }
}
