using System.Buffers.Binary;

namespace Smirk.Music.Midi;

/// <summary>Writes Standard MIDI Files of format 0: tempos, time signatures and notes, nothing else.</summary>
public static class MidiWriter
{
    private const int MostTicks = (1 << 28) - 1;

    /// <summary>The tune as a file: the same tune gives the same bytes.</summary>
    /// <exception cref="ArgumentException">A number doesn't fit the format.</exception>
    public static byte[] Write(Tune tune)
    {
        ArgumentNullException.ThrowIfNull(tune);
        if (tune.TicksPerQuarter is < 1 or > 0x7FFF)
            throw new ArgumentException($"A quarter has 1 to 32767 ticks, not {tune.TicksPerQuarter}.", nameof(tune));
        var track = Track(Events(tune));
        using var file = new MemoryStream();
        file.Write("MThd"u8);
        file.Write([0, 0, 0, 6, 0, 0, 0, 1, (byte)(tune.TicksPerQuarter >> 8), (byte)tune.TicksPerQuarter]);
        file.Write("MTrk"u8);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, track.Length);
        file.Write(length);
        file.Write(track);
        return file.ToArray();
    }

    // At one tick, releases come before strikes, so that a note struck again isn't silenced at once.
    private static IEnumerable<(long Tick, byte[] Bytes)> Events(Tune tune)
    {
        var events = new List<(long Tick, int Rank, byte[] Bytes)>();
        foreach (var (tick, metre) in tune.Metres)
            events.Add((tick, 0, [0xFF, 0x58, 4, (byte)metre.Beats, (byte)int.Log2(metre.Unit), 24, 8]));
        foreach (var (tick, tempo) in tune.Tempos)
            events.Add((tick, 1, [0xFF, 0x51, 3, (byte)(tempo >> 16), (byte)(tempo >> 8), (byte)tempo]));
        foreach (var note in tune.Notes)
        {
            // A note without length is released after it was struck.
            events.Add((note.End, note.End > note.Start ? 2 : 4, [(byte)(0x80 | note.Channel), (byte)note.Pitch, 64]));
            events.Add((note.Start, 3, [(byte)(0x90 | note.Channel), (byte)note.Pitch, (byte)note.Velocity]));
        }

        return events.OrderBy(e => e.Tick).ThenBy(e => e.Rank).Select(e => (e.Tick, e.Bytes));
    }

    private static byte[] Track(IEnumerable<(long Tick, byte[] Bytes)> events)
    {
        using var track = new MemoryStream();
        long before = 0;
        foreach (var (tick, bytes) in events)
        {
            WriteNumber(track, tick - before);
            track.Write(bytes);
            before = tick;
        }

        track.Write([0, 0xFF, 0x2F, 0]);
        return track.ToArray();
    }

    private static void WriteNumber(MemoryStream to, long number)
    {
        if (number is < 0 or > MostTicks)
            throw new ArgumentException($"Two events can't be {number} ticks apart; at most {MostTicks}.", nameof(number));
        for (var shift = 21; shift > 0; shift -= 7)
        {
            if (number >> shift > 0)
                to.WriteByte((byte)(0x80 | ((number >> shift) & 0x7F)));
        }

        to.WriteByte((byte)(number & 0x7F));
    }
}
