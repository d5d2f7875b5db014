using Smirk.Music.Compose;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Music.Tests.Rolls;

public sealed class KeyFinderTests
{
    [Theory]
    [InlineData(0, 0)] // C major
    [InlineData(7, 5)] // G: up to the C above
    [InlineData(6, -6)] // F sharp
    [InlineData(5, -5)]
    [InlineData(11, 1)]
    [InlineData(2, -2)]
    public void A_major_scale_is_moved_the_shorter_way(int tonic, int semitones) =>
        Assert.Equal(semitones, KeyFinder.SemitonesToC(Notes([.. new[] { 0, 2, 4, 5, 7, 9, 11 }.Select(step => 60 + tonic + step)])));

    [Fact]
    public void A_minor_key_goes_to_A_and_five_notes_go_where_their_tonic_says()
    {
        Assert.Equal(0, KeyFinder.SemitonesToC(Notes(57, 59, 60, 62, 64, 65, 67)));
        Assert.Equal(-2, KeyFinder.SemitonesToC(Notes(59, 61, 62, 64, 66, 67, 69)));

        // C pentatonic fits C, F and G.
        Assert.Equal(0, KeyFinder.SemitonesToC(Notes(60, 62, 64, 67, 69, 60, 64)));
        Assert.Equal(0, KeyFinder.SemitonesToC([]));
    }

    [Fact]
    public void A_note_counts_as_long_as_it_sounds()
    {
        // D major with a short C that leads on.
        var notes = Notes(62, 64, 66, 67, 69, 71, 73).Append(new Note(0, 10, 60, 80, 0));
        Assert.Equal(-2, KeyFinder.SemitonesToC(notes));
    }

    [Fact]
    public void A_tune_in_any_key_becomes_the_same_windows()
    {
        var tune = MidiReader.Read(TunePile.Files(1, i => i).Single().Bytes);
        var windows = Windows(0);
        foreach (var up in new[] { -5, -1, 3, 6 })
            Assert.All(windows.Zip(Windows(up)), pair => Assert.Equal(PitchClasses(pair.First), PitchClasses(pair.Second)));

        IReadOnlyList<RollWindow> Windows(int up) => RollCutter.Cut(
            tune with { Notes = [.. tune.Notes.Select(n => n with { Pitch = n.Pitch + up })] }, RollCut.Usual).Windows;
    }

    private static IEnumerable<(int Start, int Class)> PitchClasses(RollWindow window) =>
        window.Roll.Notes().Select(n => (n.Start, n.Pitch % 12)).Distinct().Order();

    private static IEnumerable<Note> Notes(params int[] pitches) => pitches.Select(pitch => new Note(0, 480, pitch, 80, 0));
}
