namespace Smirk.Music.Rolls;

/// <summary>A piano roll: which of MIDI's 128 pitches sound at each step of time. A note that is struck again is told by a gap of one step
/// before it.</summary>
public sealed class Roll
{
    /// <summary>Number of pitches, from 0 on; 60 is middle C.</summary>
    public const int Pitches = 128;

    /// <summary>Steps of a bar: twelve a quarter, which eighths, sixteenths and triplets all fall on.</summary>
    public const int BarSteps = 48;

    private const int FourBars = 4 * BarSteps;

    private readonly bool[] _sounds;

    /// <summary>A silent roll.</summary>
    /// <param name="steps">How long; at least 0.</param>
    public Roll(int steps = FourBars) => (Steps, _sounds) = (steps, new bool[steps * Pitches]);

    /// <summary>Length in steps.</summary>
    public int Steps { get; }

    /// <summary>Whether nothing sounds.</summary>
    public bool IsSilent => !_sounds.AsSpan().Contains(true);

    /// <summary>Whether a pitch sounds at a step.</summary>
    public bool this[int step, int pitch]
    {
        get => _sounds[(step * Pitches) + pitch];
        set => _sounds[(step * Pitches) + pitch] = value;
    }

    /// <summary>The roll of some notes, in any order; what goes beyond its end is cut off.</summary>
    /// <remarks>A note of one step can't be told from one that follows it at once: the two become one.</remarks>
    public static Roll Of(IEnumerable<RollNote> notes, int steps = FourBars)
    {
        var roll = new Roll(steps);
        foreach (var pitch in notes.Where(n => n.Start < steps).GroupBy(n => n.Pitch))
        {
            RollNote? before = null;
            foreach (var note in pitch.GroupBy(n => n.Start).OrderBy(n => n.Key).Select(n => n.MaxBy(one => one.End)))
            {
                if (before is { } held)
                    roll.Put(held with { End = held.End >= note.Start ? Math.Max(held.Start + 1, note.Start - 1) : held.End });
                before = note;
            }

            if (before is { } last)
                roll.Put(last);
        }

        return roll;
    }

    /// <summary>The notes, by onset and pitch.</summary>
    /// <param name="shortest">Shorter ones, in steps, are left out: a step alone is mostly a generator's slip.</param>
    public IReadOnlyList<RollNote> Notes(int shortest = 1)
    {
        var notes = new List<RollNote>();
        for (var pitch = 0; pitch < Pitches; pitch++)
        {
            for (int step = 0, start = -1; step <= Steps; step++)
            {
                var sounds = step < Steps && this[step, pitch];
                if (sounds && start < 0)
                    start = step;
                if (sounds || start < 0)
                    continue;
                if (step - start >= shortest)
                    notes.Add(new RollNote(start, step, pitch));
                start = -1;
            }
        }

        notes.Sort((a, b) => (a.Start, a.Pitch).CompareTo((b.Start, b.Pitch)));
        return notes;
    }

    /// <summary>A part of it; what lies beyond its end is silent.</summary>
    public Roll Part(int from, int steps)
    {
        var part = new Roll(steps);
        var there = Math.Clamp(Steps - from, 0, steps);
        _sounds.AsSpan(from * Pitches, there * Pitches).CopyTo(part._sounds);
        return part;
    }

    /// <summary>Several, one after the other: a note that sounds across a border goes on.</summary>
    public static Roll Join(IReadOnlyList<Roll> rolls)
    {
        ArgumentNullException.ThrowIfNull(rolls);
        var joined = new Roll(rolls.Sum(r => r.Steps));
        var at = 0;
        foreach (var roll in rolls)
        {
            roll._sounds.CopyTo(joined._sounds.AsSpan(at));
            at += roll._sounds.Length;
        }

        return joined;
    }

    /// <summary>The roll some semitones higher; null where a note would leave the range of MIDI.</summary>
    public Roll? Shifted(int semitones)
    {
        var shifted = new Roll(Steps);
        foreach (var note in Notes())
        {
            if (note.Pitch + semitones is < 0 or >= Pitches)
                return null;
            shifted.Put(note with { Pitch = note.Pitch + semitones });
        }

        return shifted;
    }

    /// <summary>Whether the same sounds at the same time.</summary>
    public bool IsSameAs(Roll other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _sounds.AsSpan().SequenceEqual(other._sounds);
    }

    private void Put(RollNote note)
    {
        for (var step = note.Start; step < Math.Min(note.End, Steps); step++)
            this[step, note.Pitch] = true;
    }
}
