using NAudio.Midi;
using Smirk.Music.Midi;

namespace Smirk.Music.Tests.Midi;

/// <summary>NAudio reads the same notes from the same files, ours and others'.</summary>
public sealed class PeerTests
{
    [Theory]
    [InlineData("tunes/nottingham", 1034)]
    [InlineData("tunes/pop909", 120)]
    public void Reader_finds_the_same_notes_as_NAudio(string folder, int expected)
    {
        var files = Directory.GetFiles(TestData.Require(folder), "*.mid");
        Assert.Equal(expected, files.Length);
        Assert.All(files, file => Assert.Equal(PeersNotes(File.ReadAllBytes(file)), OurNotes(MidiReader.Read(File.ReadAllBytes(file)))));
    }

    [Fact]
    public void NAudio_reads_what_was_written()
    {
        var tune = new Tune(
            480, [new(0, 480, 60, 80, 0), new(480, 960, 60, 92, 0), new(480, 100_000, 72, 1, 3)],
            [new(0, 400_000), new(480, 600_000)], [new(0, new Metre(3, 4)), new(1440, new Metre(12, 8))]);
        var file = MidiWriter.Write(tune);
        Assert.Equal(PeersNotes(file), OurNotes(tune));
        var events = new MidiFile(new MemoryStream(file), strictChecking: true).Events[0];
        Assert.Equal([400_000, 600_000], events.OfType<TempoEvent>().Select(e => e.MicrosecondsPerQuarterNote));
        Assert.Equal([(3, 2), (12, 3)], events.OfType<TimeSignatureEvent>().Select(e => (e.Numerator, e.Denominator)));
    }

    private static (long, long, int, int, int)[] OurNotes(Tune tune) =>
        [.. tune.Notes.Select(n => (n.Start, n.End, n.Pitch, n.Velocity, n.Channel)).Order()];

    private static (long, long, int, int, int)[] PeersNotes(byte[] file) =>
    [
        .. new MidiFile(new MemoryStream(file), strictChecking: false).Events.SelectMany(track => track).OfType<NoteOnEvent>()
            .Where(on => on.Velocity > 0 && on.OffEvent is not null)
            .Select(on => (on.AbsoluteTime, on.OffEvent.AbsoluteTime, on.NoteNumber, on.Velocity, on.Channel - 1)).Order(),
    ];
}
