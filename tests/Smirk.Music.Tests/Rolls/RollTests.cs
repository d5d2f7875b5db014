using FsCheck;
using FsCheck.Fluent;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Music.Tests.Rolls;

public sealed class RollTests
{
    [Fact]
    public void A_note_that_is_struck_again_leaves_a_gap_of_one_step()
    {
        RollNote[] notes = [new(0, 12, 60), new(12, 24, 60)];
        Assert.Equal([new(0, 11, 60), new(12, 24, 60)], Roll.Of(notes).Notes());
    }

    [Fact]
    public void Notes_that_overlap_are_struck_where_the_second_begins() =>
        Assert.Equal([new(0, 5, 60), new(6, 20, 60)], Roll.Of([new(0, 40, 60), new(6, 20, 60)]).Notes());

    [Theory]
    [InlineData(36, 36)]
    [InlineData(99, 99)]
    [InlineData(35, 47)]
    [InlineData(100, 88)]
    [InlineData(0, 36)]
    [InlineData(127, 91)]
    public void Pitches_beyond_the_roll_are_folded_by_octaves(int pitch, int expected) =>
        Assert.Equal(expected, RollShape.FourBars.Fold(pitch));

    [Fact]
    public void Eight_bars_have_every_pitch_that_MIDI_has()
    {
        var shape = RollShape.EightBars;
        Assert.Equal((128, 384, 0, 127), (shape.Size, shape.Steps, shape.LowestPitch, shape.HighestPitch));
        Assert.All([0, 35, 100, 127], pitch => Assert.Equal(pitch, shape.Fold(pitch)));
        Assert.Equal((shape, null), (RollShape.OfSize(128), RollShape.OfSize(96)));
        var error = Assert.Throws<ArgumentException>(() => RollPixels.ToRgb(new Roll(), shape));
        Assert.StartsWith("A window of 8 bars has 384 steps; this has 192.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_has_high_notes_on_top_and_thirds_of_sixteenths_in_its_colours()
    {
        var rgb = RollPixels.ToRgb(Roll.Of([new(4, 6, 99)]), RollShape.FourBars);
        Assert.Equal([0, 0, 0, 0, 255, 255, 0], rgb[..7]);
        Assert.Equal(2, rgb.Count(value => value == 255));
    }

    [Fact]
    public void Every_roll_comes_back_from_its_picture_and_from_its_notes()
    {
        foreach (var shape in RollShape.All)
        {
            Check.QuickThrowOnFailure(Prop.ForAll(
                Rolls(shape), roll => RollPixels.FromPlanes(Planes(RollPixels.ToRgb(roll, shape)), shape).IsSameAs(roll)));
            Check.QuickThrowOnFailure(Prop.ForAll(
                Rolls(shape), roll => RollPixels.FromRgb(RollPixels.ToRgb(roll, shape), shape).IsSameAs(roll)));
            Check.QuickThrowOnFailure(Prop.ForAll(Rolls(shape), roll => Roll.Of(roll.Notes(), shape.Steps).IsSameAs(roll)));
            Check.QuickThrowOnFailure(Prop.ForAll(Rolls(shape), roll => ThroughAFile(roll, shape).IsSameAs(roll)));
        }
    }

    [Fact]
    public void Grey_pictures_and_weak_values_are_read()
    {
        var plane = new byte[64 * 64];
        (plane[0], plane[1]) = (128, 127);
        Assert.Equal([new(0, 3, 99)], RollPixels.FromPlanes(plane, RollShape.FourBars).Notes());
    }

    [Fact]
    public void Slips_of_one_step_are_left_out_where_asked() =>
        Assert.Equal([new(10, 12, 60)], Roll.Of([new(0, 1, 60), new(10, 12, 60)]).Notes(shortest: 2));

    [Fact]
    public void A_note_across_a_border_goes_on_when_parts_are_joined()
    {
        var roll = Roll.Of([new(180, 200, 60)], 384);
        Assert.True(Roll.Join([roll.Part(0, 192), roll.Part(192, 192)]).IsSameAs(roll));
    }

    [Fact]
    public void Shifting_keeps_time_and_stops_at_the_edge()
    {
        Assert.Equal([new(3, 9, 65)], Roll.Of([new(3, 9, 60)]).Shifted(5)!.Notes());
        Assert.Null(Roll.Of([new(3, 9, 126)]).Shifted(2));
    }

    private static Arbitrary<Roll> Rolls(RollShape shape) => Gen.ArrayOf(
        from start in Gen.Choose(0, shape.Steps - 1)
        from length in Gen.Choose(1, 60)
        from pitch in Gen.Choose(shape.LowestPitch, shape.HighestPitch)
        select new RollNote(start, Math.Min(shape.Steps, start + length), pitch))
        .Select(notes => Roll.Of(notes, shape.Steps)).ToArbitrary();

    private static Roll ThroughAFile(Roll roll, RollShape shape)
    {
        if (roll.IsSilent)
            return roll;
        var tune = MidiReader.Read(MidiWriter.Write(RollTune.Of(roll, 133, Metre.Common)));
        return Roll.Of(RollCutter.Encode(tune, shape, out _, leastOnGrid: 0)[0].Roll.Notes(), shape.Steps);
    }

    private static byte[] Planes(byte[] rgb) =>
        [.. Enumerable.Range(0, 3).SelectMany(channel => Enumerable.Range(0, rgb.Length / 3).Select(at => rgb[(at * 3) + channel]))];
}
