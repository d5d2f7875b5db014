namespace Smirk.Music.Midi;

/// <summary>Reads Standard MIDI Files of the formats 0 and 1 (MIDI 1.0, RP-001): time in quarters or in SMPTE frames, running
/// status.</summary>
public static class MidiReader
{
    private const int HeaderBytes = 6;

    /// <summary>Whether a file's first bytes are a MIDI file's.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("MThd"u8);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="UnusableTuneException">It is no MIDI file, of format 2, or damaged.</exception>
    public static Tune Read(ReadOnlySpan<byte> file)
    {
        if (!Begins(file))
            throw new UnusableTuneException("no MIDI file: it doesn't begin with MThd");
        var chunks = new ByteCursor(file[4..], "the file");
        var (format, tracks, division) = ReadHeader(ref chunks);
        if (format > 1)
            throw new UnusableTuneException($"MIDI format {format}: its tracks are tunes of their own; formats 0 and 1 are read");
        var (ticksPerQuarter, scale, isSmpte) = Clock(division);
        var content = new TrackContent(scale);
        for (var track = 1; track <= tracks; track++)
            MidiTrack.Read(NextTrack(ref chunks, track, tracks), $"track {track}", content);
        content.Notes.Sort((a, b) => (a.Start, a.Pitch, a.End, a.Channel).CompareTo((b.Start, b.Pitch, b.End, b.Channel)));

        // Frames pass at the same pace whatever the tempo.
        return new Tune(
            ticksPerQuarter, content.Notes, isSmpte ? [] : [.. content.Tempos.OrderBy(t => t.Tick)],
            [.. content.Metres.OrderBy(m => m.Tick)]);
    }

    private static (int Format, int Tracks, int Division) ReadHeader(ref ByteCursor chunks)
    {
        var length = chunks.UInt32();
        if (length < HeaderBytes || length > chunks.Left)
            throw new UnusableTuneException($"damaged: its header says that it has {length} bytes, expected {HeaderBytes}");
        var header = new ByteCursor(chunks.Take((int)length), "the header");
        return (header.UInt16(), header.UInt16(), header.UInt16());
    }

    // Ticks a quarter; what ticks are multiplied by. SMPTE counts frames a second and ticks a frame: a quarter is half a second then, and
    // to keep it whole ticks are doubled.
    private static (int TicksPerQuarter, int Scale, bool IsSmpte) Clock(int division)
    {
        if ((division & 0x8000) == 0)
            return division > 0 ? (division, 1, false) : throw new UnusableTuneException("damaged: a quarter of 0 ticks");
        var (frames, ticks) = (-(sbyte)(division >> 8), division & 0xFF);
        if (frames is not (24 or 25 or 29 or 30) || ticks == 0)
            throw new UnusableTuneException($"damaged: SMPTE time of {frames} frames a second and {ticks} ticks a frame");
        return (frames * ticks, 2, true);
    }

    private static ReadOnlySpan<byte> NextTrack(ref ByteCursor chunks, int track, int tracks)
    {
        while (true)
        {
            if (chunks.IsAtEnd)
                throw new UnusableTuneException($"cut short: it holds {track - 1} of {tracks} tracks");
            var isTrack = chunks.Take(4).SequenceEqual("MTrk"u8);
            var length = chunks.UInt32();
            if (length > chunks.Left)
                throw new UnusableTuneException($"cut short: {chunks.Left} of the {length} bytes of track {track} are there");
            var content = chunks.Take((int)length);
            if (isTrack)
                return content;
        }
    }
}
