using Smirk.Music.Compose;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Music.Tests.Rolls;

public sealed class RollCutterTests
{
    private const int Quarter = 480;

    private static readonly RollCut OwnFour = new(RollShape.FourBars, InC: false), OwnEight = new(RollShape.EightBars, InC: false);

    [Theory]
    [InlineData(4, 4, 12)]
    [InlineData(2, 2, 12)]
    [InlineData(2, 4, 12)]
    [InlineData(3, 4, 16)]
    [InlineData(6, 8, 8)]
    [InlineData(12, 8, 8)]
    public void A_quarter_has_as_many_steps_as_its_metre_gives_it(int beats, int unit, int steps)
    {
        var window = Assert.Single(RollCutter.Cut(InMetre(new Metre(beats, unit), [1]), OwnFour).Windows);
        Assert.Equal([new(steps, 2 * steps, 60)], window.Roll.Notes());
    }

    [Fact]
    public void Five_four_is_refused_with_the_reason()
    {
        var error = Assert.Throws<NoRollException>(() => RollCutter.Cut(InMetre(new Metre(5, 4), [0, 1, 2]), OwnFour));
        Assert.Equal("no roll: it is in 5/4, which has no place on a roll; 4/4, 2/2, 2/4, 3/4, 6/8 and 12/8 have", error.Message);
    }

    [Fact]
    public void Drums_are_left_out()
    {
        var drum = new Note(0, Quarter, 40, 80, Note.DrumChannel);
        Assert.Throws<NoRollException>(() => RollCutter.Cut(new Tune(Quarter, [drum], [], []), OwnFour));
        var tune = new Tune(Quarter, [drum, drum with { Channel = 8 }], [], []);
        var window = Assert.Single(RollCutter.Cut(tune, OwnFour).Windows);
        Assert.Equal([new(0, 12, 40)], window.Roll.Notes());
    }

    [Fact]
    public void A_tune_whose_bars_are_a_lie_is_cut_by_seconds()
    {
        // Played freely: every 0.29 quarters.
        var tune = new Tune(Quarter, [.. Enumerable.Range(0, 100).Select(i => new Note(i * 139, (i * 139) + 100, 60, 80, 0))], [], []);
        var cut = RollCutter.Cut(tune, OwnFour);
        Assert.Contains("pieces of 8 seconds", cut.Remark, StringComparison.Ordinal);
        Assert.Equal(2, cut.Windows.Count);
        Assert.Equal("0001 seconds.png", cut.Windows[1].Name);
        Assert.Equal((int)Math.Round(139 * 24 / 960.0), cut.Windows[0].Roll.Notes()[1].Start);
    }

    [Fact]
    public void Stretches_of_other_metres_are_cut_from_their_own_beginning()
    {
        var tune = InMetre(Metre.Common, [0, 2, 4, 6, 8]) with
        {
            Metres = [new(0, Metre.Common), new(2 * Quarter, Metre.Common), new(6 * Quarter, new Metre(3, 4))],
        };
        var windows = RollCutter.Cut(tune, OwnFour).Windows;
        Assert.Equal(["0000 4-4 120bpm.png", "0001 4-4 120bpm.png", "0002 3-4 120bpm.png"], windows.Select(w => w.Name));
        Assert.Equal([0, 32], windows[2].Roll.Notes().Select(n => n.Start));
    }

    [Fact]
    public void Windows_of_eight_bars_are_two_of_four_with_pitches_as_they_are()
    {
        var tune = InMetre(Metre.Common, [.. Enumerable.Range(0, 40)]);
        tune = tune with { Notes = [.. tune.Notes, new(0, Quarter, 20, 80, 0)] };
        var (four, eight) = (RollCutter.Cut(tune, OwnFour).Windows, RollCutter.Cut(tune, OwnEight).Windows);
        Assert.Equal(["0000 4-4 120bpm 8 bars.png", "0001 4-4 120bpm 8 bars.png"], eight.Select(w => w.Name));
        Assert.True(Roll.Join([four[0].Roll, four[1].Roll]).Shifted(0)!.Notes().Where(n => n.Pitch == 60)
            .SequenceEqual(eight[0].Roll.Notes().Where(n => n.Pitch == 60)));
        Assert.Equal([44, 60], four[0].Roll.Notes().Select(n => n.Pitch).Distinct().Order());
        Assert.Equal([20, 60], eight[0].Roll.Notes().Select(n => n.Pitch).Distinct().Order());
    }

    [Fact]
    public void Names_tell_metre_and_tempo()
    {
        Assert.Equal((new Metre(12, 8), 95, OwnFour), RollWindow.Read("a/b.mid!0012 12-8 95bpm.png"));
        Assert.Equal((Metre.Common, 120, OwnFour), RollWindow.Read("b.mid!0012 seconds.png"));
        Assert.Equal((new Metre(12, 8), 95, OwnEight), RollWindow.Read("a/b.mid!0012 12-8 95bpm 8 bars.png"));
        Assert.Equal((new Metre(12, 8), 95, RollCut.Usual), RollWindow.Read("a/b.mid!0012 12-8 95bpm in C.png"));
        foreach (var how in new[] { OwnFour, OwnEight, RollCut.Usual, OwnEight with { InC = true } })
        {
            var window = new RollWindow(new Roll(how.Shape.Steps), how, 12, new Metre(3, 4), 95);
            Assert.Equal((new Metre(3, 4), 95, how), RollWindow.Read(window.Name));
            Assert.Equal(how, RollWindow.Read((window with { Metre = null }).Name)!.Value.Cut);
        }

        Assert.Null(RollWindow.Read("a/b.mid!0012 12-8 95bpm 7 bars.png"));
        Assert.Null(RollWindow.Read("photo.png"));
    }

    [Fact]
    public void Drawn_tunes_are_the_same_for_the_same_seed_and_all_windows_are_full()
    {
        var files = TunePile.Files(6, i => i).ToList();
        Assert.Equal(files.Select(f => f.Bytes), TunePile.Files(6, i => i).Select(f => f.Bytes));
        Assert.Equal(["blues-00000.mid", "rhythm-00001.mid", "cadences-00002.mid"], files.Take(3).Select(f => f.Name));
        var windows = files.SelectMany(f => RollCutter.Cut(MidiReader.Read(f.Bytes), OwnFour).Windows).ToList();
        Assert.Equal(40, windows.Count);
        Assert.All(windows, w => Assert.Equal(4, w.Roll.Notes().Select(n => n.Start / Roll.BarSteps).Distinct().Count()));
    }

    [Theory]
    [InlineData("tunes/nottingham", 0.999)]
    [InlineData("tunes/pop909", 0.98)]
    public void Onsets_come_back_after_file_roll_file(string folder, double least)
    {
        var (found, of) = (0, 0);
        foreach (var path in Directory.EnumerateFiles(TestData.Require(folder), "*.mid"))
        {
            var tune = MidiReader.Read(File.ReadAllBytes(path));
            try
            {
                var (hits, notes, decoded) = Compare(tune);
                (found, of) = (found + (2 * hits), of + notes + decoded);
            }
            catch (NoRollException error)
            {
                Assert.Matches("^no roll: it is in (9/8|6/4|3/2|5/4|9/4|3/8)", error.Message);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{folder}: onset F1 {found / (double)of:0.0000}");
        Assert.InRange(found / (double)of, least, 1);
    }

    private static (int Hits, int Notes, int Decoded) Compare(Tune tune)
    {
        var parts = RollCutter.Encode(tune, RollShape.FourBars, out _);
        var (hits, notes, decoded) = (0, 0, 0);
        var segments = Segment.Of(tune).Where(s => s.StepsPerQuarter is not null && tune.Notes.Any(s.Holds)).ToList();
        foreach (var (number, part) in parts.Index())
        {
            var tempos = tune.TempoMap;
            Func<Note, double> stepOf = part.Metre is null ? n => tempos.SecondsAt(n.Start) * 24 : n => segments[number].Place(n).Start;
            var held = part.Metre is null ? tune.Notes : tune.Notes.Where(segments[number].Holds);
            var real = held.Where(n => n.Channel != Note.DrumChannel)
                .Select(n => ((int)Math.Round(stepOf(n), MidpointRounding.AwayFromZero), RollShape.FourBars.Fold(n.Pitch))).ToHashSet();
            var back = part.Roll.Notes().Select(n => (n.Start, n.Pitch)).ToHashSet();
            hits += real.Count(back.Contains);
            (notes, decoded) = (notes + real.Count, decoded + back.Count);
        }

        return (hits, notes, decoded);
    }

    private static Tune InMetre(Metre metre, int[] quarters) => new(
        Quarter, [.. quarters.Select(at => new Note(at * Quarter, (at + 1) * Quarter, 60, 80, 0))], [], [new(0, metre)]);
}
