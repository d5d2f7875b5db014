using Smirk.Gan.Augment;
using Smirk.Gan.Data;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Train.Planning;

/// <summary>Which pictures are flat or many, and what follows.</summary>
public sealed class AugmentChoiceTests
{
    [Fact]
    public void Bars_are_flat_and_are_shown_with_noise()
    {
        using var scope = TensorScope.Open();
        var bars = Of((x, y) => x / 4 % 3 == y / 8 % 2 ? 0 : 255);
        var chosen = Decide(bars, 32);
        Assert.Equal(Reason.FlatPictures, chosen.Why);
        Assert.InRange(AugmentPolicy.Parse(chosen.Value).Noise, 0.1, 0.5);
        Assert.Contains("% of neighbouring pixels are the same", Reasons.InWords(chosen.Why, chosen.With!));
    }

    [Fact]
    public void Slopes_and_noise_are_not()
    {
        using var scope = TensorScope.Open();
        var random = new Random(1);
        foreach (var pictures in new[] { Of((x, y) => 4 * x + 3 * y), Of((_, _) => random.Next(256)) })
        {
            var chosen = Decide(pictures, 32);
            Assert.Equal((Reason.FewPictures, 0.0), (chosen.Why, AugmentPolicy.Parse(chosen.Value).Noise));
        }
    }

    [Fact]
    public void Twenty_thousand_pictures_are_shown_as_they_are()
    {
        using var scope = TensorScope.Open();
        foreach (var (count, off) in new[] { (19_999, false), (20_000, true) })
            Assert.Equal(off, Decide(Tensor.Zeros([count, 1, 8, 8], DType.UInt8), 8).Value == "off");
    }

    [Theory]
    [InlineData(64, "jazz/blues.mid!0003 4-4 125bpm.png", "off")]
    [InlineData(64, "jazz.zip!b/blues.MIDI!0003 seconds.png", "off")]
    [InlineData(32, "jazz/blues.mid!0003 4-4 125bpm.png", "on")]
    [InlineData(64, "drawn/blues.png", "on")]
    [InlineData(64, "what.mid!.png", "on", "what is this.png")]
    public void Windows_of_tunes_are_told_as_such_and_never_mirrored(int size, string file, string mirror, string? other = null)
    {
        using var pack = TrainingPack.FromPictures(Tensor.Zeros([2, 3, size, size], DType.UInt8), [file, other ?? file]);
        var chosen = AugmentChoice.Decide(Context(pack, new TrainOptions()));
        Assert.Equal(
            mirror == "off" ? "light:0.5,cutout,noise" : "colour:0.5:0.75,translation,cutout,noise", chosen.Value);
        Assert.Equal(mirror, MirrorTest.Decide(pack).Value);
        Assert.Equal(mirror == "off" ? Reason.PianoRolls : Reason.FlatPictures, chosen.Why);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("shaded")]
    public void Twenty_thousand_pictures_are_shown_as_they_are_whatever_they_look_like(string look)
    {
        using var pack = Pack(Tensor.Zeros([20_000, 1, 8, 8], DType.UInt8));
        var context = Context(pack, new TrainOptions { Look = look, Labels = "folder" });
        Assert.Equal(("off", 0.0), (AugmentChoice.Decide(context).Value, AugmentChoice.Target(context).Value));
    }

    [Theory]
    [InlineData(null, null, "folder", true)]
    [InlineData("auto", null, "idx", true)]
    [InlineData("flat", null, "folder", true)]
    [InlineData("flat", null, null, false)]
    [InlineData("flat", null, "none", false)]
    [InlineData("shaded", null, "folder", false)]
    [InlineData(null, "translation,noise", "folder", false)]
    public void Augmentation_of_flat_pictures_with_classes_is_steered_unless_the_person_says_otherwise(
        string? look, string? augment, string? labels, bool steered)
    {
        using var pack = TrainingPack.FromPictures(Tensor.Zeros([2, 3, 64, 64], DType.UInt8), ["a.png", "b.png"]);
        var context = Context(pack, new TrainOptions { Look = look, Augment = augment, Labels = labels });
        Assert.Equal(look != "shaded", AugmentChoice.Decide(context).Value.Contains("noise", StringComparison.Ordinal));
        Assert.Equal(steered, AugmentChoice.Target(context).Value > 0);
        var plan = RecipePlanner.Plan(new TrainOptions { Look = look }, pack);
        Assert.Equal(look == "shaded" ? (16, 1) : (0, 1.1), (plan.Refine, plan.Overshoot));
    }

    [Theory]
    [InlineData(null, 1.1)]
    [InlineData("folder", 1)]
    public void Flat_pictures_end_in_black_and_white_unless_they_have_classes(string? labels, double overshoot)
    {
        using var pack = TrainingPack.FromPictures(Tensor.Zeros([2, 3, 64, 64], DType.UInt8), ["one/a.png", "two/b.png"]);
        Assert.Equal(overshoot, RecipePlanner.Plan(new TrainOptions { Labels = labels }, pack).Overshoot);
    }

    [Fact]
    public void The_share_is_of_pixels_that_are_as_their_neighbour_in_every_channel()
    {
        using var scope = TensorScope.Open();
        var stripes = Of((x, _) => x % 4 < 2 ? 0 : 200); // of 31 pairs in a row 16 are the same
        Assert.Equal(16 / 31.0, AugmentChoice.ShareOfSame(stripes, 32), 5);
        var grey = stripes.Narrow(1, 0, 1);
        var coloured = Tensor.Cat([grey, grey, Of((x, _) => x % 2 * 200).Narrow(1, 0, 1)], 1);
        Assert.Equal(0, AugmentChoice.ShareOfSame(coloured, 32));
    }

    [Fact]
    public void Enlarging_makes_no_picture_flat()
    {
        using var scope = TensorScope.Open();
        var slopes = Of((x, y) => (8 * x) + (3 * y));
        var enlarged = slopes.Interpolate(128, 128, Interpolation.Nearest);
        Assert.Equal(Reason.FlatPictures, Decide(enlarged, 128).Why);
        Assert.Equal(Reason.FewPictures, Decide(enlarged, 32).Why);
    }

    // value: x, y → 0…255; twenty pictures of 32 pixels, grey in three channels.
    private static Tensor Of(Func<int, int, int> value)
    {
        const int count = 20, size = 32;
        var pixels = new byte[count * 3 * size * size];
        for (var picture = 0; picture < count; picture++)
        {
            for (var at = 0; at < size * size; at++)
            {
                var grey = (byte)value(at % size, at / size);
                for (var channel = 0; channel < 3; channel++)
                    pixels[(picture * 3 + channel) * size * size + at] = grey;
            }
        }

        return Tensor.FromBytes(pixels, DType.UInt8, [count, 3, size, size]);
    }

    private static Chosen<string> Decide(Tensor pictures, int smallSize) =>
        AugmentChoice.Decide(Context(Pack(pictures), new TrainOptions { SmallSize = smallSize }));

    private static TrainingPack Pack(Tensor pictures) =>
        TrainingPack.FromPictures(pictures, [.. Enumerable.Range(0, (int)pictures.Shape[0]).Select(i => $"{i}.png")]);

    private static PlanContext Context(TrainingPack pack, TrainOptions options) => new("auto", options, pack, Device.Cpu);
}
