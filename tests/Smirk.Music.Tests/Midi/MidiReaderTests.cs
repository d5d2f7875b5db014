using Smirk.Music.Midi;

namespace Smirk.Music.Tests.Midi;

public sealed class MidiReaderTests
{
    private static readonly byte[] End = [0, 0xFF, 0x2F, 0];

    [Fact]
    public void Running_status_and_strikes_without_force_are_understood()
    {
        var tune = MidiReader.Read(File(96, [0, 0x90, 60, 64, 96, 60, 0, 0, 62, 70, 48, 0x80, 62, 0, .. End]));
        Assert.Equal([new Note(0, 96, 60, 64, 0), new Note(96, 144, 62, 70, 0)], tune.Notes);
    }

    [Fact]
    public void Text_and_system_exclusive_events_are_passed_over()
    {
        var tune = MidiReader.Read(File(96,
            [0, 0xFF, 1, 5, .. "hello"u8, 0, 0xF0, 3, 1, 2, 0xF7, 0, 0xB0, 7, 100, 0, 0xC0, 5, 0, 0x93, 60, 64, 10, 0x83, 60, 0, .. End]));
        Assert.Equal([new Note(0, 10, 60, 64, 3)], tune.Notes);
    }

    [Fact]
    public void A_note_that_is_never_released_ends_with_its_track() =>
        Assert.Equal([new Note(0, 50, 60, 64, 0)], MidiReader.Read(File(96, [0, 0x90, 60, 64, 50, 0xFF, 0x2F, 0])).Notes);

    [Fact]
    public void Tracks_of_format_1_sound_together()
    {
        byte[] file =
        [
            .. Header(1, 2, 96), .. Track([0, 0xFF, 0x51, 3, 0x07, 0xA1, 0x20, .. End]), .. "XFIH"u8, 0, 0, 0, 1, 7,
            .. Track([0, 0x90, 60, 1, 9, 0x80, 60, 0, .. End]),
        ];
        var tune = MidiReader.Read(file);
        Assert.Equal([new Note(0, 9, 60, 1, 0)], tune.Notes);
        Assert.Equal([new TempoChange(0, 500_000)], tune.Tempos);
    }

    [Fact]
    public void Frames_of_film_pass_at_their_own_pace()
    {
        // 25 frames a second of 40 ticks: 1000 ticks are a second, whatever the tempo says.
        var tune = MidiReader.Read(File(0xE728, [0, 0xFF, 0x51, 3, 1, 0, 0, 0, 0x90, 60, 64, 0x87, 0x68, 0x80, 60, 0, .. End]));
        Assert.Equal(1, tune.TempoMap.SecondsAt(tune.Notes[0].End), 9);
    }

    [Fact]
    public void Tempo_changes_count_from_their_ticks_on()
    {
        var map = new TempoMap([new(0, 1_000_000), new(200, 250_000)], 100);
        Assert.Equal(1.5, map.SecondsAt(150), 9);
        Assert.Equal(2.25, map.SecondsAt(300), 9);
        Assert.Equal(240, map.TempoAt(200), 9);
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "no MIDI file")]
    [InlineData(new byte[] { 0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0 }, "damaged: its header")]
    public void What_is_no_MIDI_file_is_refused(byte[] file, string words) =>
        Assert.StartsWith(words, Assert.Throws<UnusableTuneException>(() => MidiReader.Read(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damage_is_named()
    {
        Refused(File(96, [0, 0x90, 60]), "cut short: track 1");
        Refused(File(96, [0, 60, 60, .. End]), "damaged: a value without an event");
        Refused(File(96, [0, 0x90, 60, 0x90, .. End]), "damaged: 0x90 where a value");
        Refused(File(96, [0xFF, 0xFF, 0xFF, 0xFF, 0, .. End]), "damaged: a number");
        Refused(File(96, [0, 0xF4, .. End]), "damaged: 0xF4");
        Refused(File(0, End), "damaged: a quarter of 0 ticks");
        Refused([.. Header(2, 1, 96), .. Track(End)], "MIDI format 2");
        Refused([.. Header(1, 2, 96), .. Track(End)], "cut short: it holds 1 of 2 tracks");
        Refused(File(96, End)[..^2], "cut short: 2 of the 4 bytes of track 1");

        static void Refused(byte[] file, string words) =>
            Assert.StartsWith(words, Assert.Throws<UnusableTuneException>(() => MidiReader.Read(file)).Message, StringComparison.Ordinal);
    }

    private static byte[] File(int division, byte[] track) => [.. Header(0, 1, division), .. Track(track)];

    private static byte[] Header(int format, int tracks, int division) =>
        [.. "MThd"u8, 0, 0, 0, 6, 0, (byte)format, 0, (byte)tracks, (byte)(division >> 8), (byte)division];

    private static byte[] Track(byte[] events) => [.. "MTrk"u8, 0, 0, 0, (byte)events.Length, .. events];
}
