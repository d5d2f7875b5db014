namespace Smirk.Music.Midi;

/// <summary>What the tracks of a file hold.</summary>
/// <param name="Scale">What ticks are multiplied by.</param>
internal sealed record TrackContent(int Scale)
{
    public List<Note> Notes { get; } = [];

    public List<TempoChange> Tempos { get; } = [];

    public List<MetreChange> Metres { get; } = [];
}

/// <summary>Reads the events of one track.</summary>
internal static class MidiTrack
{
    private const int SystemExclusive = 0xF0, Escape = 0xF7, Meta = 0xFF;
    private const int EndOfTrack = 0x2F, SetTempo = 0x51, TimeSignature = 0x58;

    // A lower number of a time signature is a power of two; 2^6 are sixty-fourths.
    private const int FinestUnit = 6;

    public static void Read(ReadOnlySpan<byte> track, string where, TrackContent content)
    {
        var cursor = new ByteCursor(track, where);
        var held = new HeldNotes(content.Notes);
        long tick = 0;
        var running = 0;
        while (!cursor.IsAtEnd)
        {
            tick += (long)cursor.Number() * content.Scale;
            var status = cursor.Peek() >= 0x80 ? cursor.Byte() : running;
            if (status is SystemExclusive or Escape)
                cursor.Take(cursor.Number());
            else if (status == Meta)
            {
                if (!ReadMeta(ref cursor, tick, content))
                    break;
            }
            else if (status is >= 0x80 and < SystemExclusive)
                ReadChannel(ref cursor, running = status, tick, held);
            else
                throw cursor.Damaged(status == 0 ? "a value without an event" : $"0x{status:X2}, which is no event of a file");
        }

        held.ReleaseAll(tick);
    }

    private static void ReadChannel(ref ByteCursor cursor, int status, long tick, HeldNotes held)
    {
        var (kind, channel, first) = (status & 0xF0, status & 0x0F, cursor.Data());
        if (kind is 0xC0 or 0xD0)
            return;
        var second = cursor.Data();

        // A note that is struck with no force is one that is released.
        if (kind == 0x90 && second > 0)
            held.Strike(tick, first, second, channel);
        else if (kind is 0x80 or 0x90)
            held.Release(tick, first, channel);
    }

    // False at the track's end.
    private static bool ReadMeta(ref ByteCursor cursor, long tick, TrackContent content)
    {
        var type = cursor.Byte();
        var data = cursor.Take(cursor.Number());
        if (type == EndOfTrack)
            return false;
        if (type == SetTempo && data.Length >= 3 && ((data[0] << 16) | (data[1] << 8) | data[2]) is > 0 and var tempo)
            content.Tempos.Add(new TempoChange(tick, tempo));
        if (type == TimeSignature && data.Length >= 2 && data[0] > 0 && data[1] <= FinestUnit)
            content.Metres.Add(new MetreChange(tick, new Metre(data[0], 1 << data[1])));
        return true;
    }
}

/// <summary>Notes of one track that aren't released yet. Of several of one pitch the first struck is the first released.</summary>
internal sealed class HeldNotes(List<Note> finished)
{
    private readonly Dictionary<(int Channel, int Pitch), Queue<(long Start, int Velocity)>> _held = [];

    public void Strike(long tick, int pitch, int velocity, int channel)
    {
        if (!_held.TryGetValue((channel, pitch), out var queue))
            _held[(channel, pitch)] = queue = [];
        queue.Enqueue((tick, velocity));
    }

    public void Release(long tick, int pitch, int channel)
    {
        if (_held.TryGetValue((channel, pitch), out var queue) && queue.TryDequeue(out var note))
            finished.Add(new Note(note.Start, tick, pitch, note.Velocity, channel));
    }

    public void ReleaseAll(long tick)
    {
        foreach (var ((channel, pitch), queue) in _held)
        {
            while (queue.Count > 0)
                Release(tick, pitch, channel);
        }
    }
}
