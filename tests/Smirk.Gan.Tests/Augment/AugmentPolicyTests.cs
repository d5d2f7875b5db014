using Smirk.Gan.Augment;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Tests.Augment;

public sealed class AugmentPolicyTests
{
    [Theory]
    [InlineData("on", "colour,translation,cutout")]
    [InlineData("off", "off")]
    [InlineData("color:0.5, cutout", "colour:0.5,cutout")]
    [InlineData("translation:0.25", "translation:0.25")]
    [InlineData("colour:0", "off")]
    [InlineData("colour:0.5:0.75,cutout", "colour:0.5:0.75,cutout")]
    [InlineData("colour:1:0.5", "colour:1:0.5")]
    [InlineData("noise:0.3", "noise")]
    [InlineData("cutout,noise:0.1:0.5", "cutout,noise:0.1:0.5")]
    [InlineData("noise, pitch:6", "pitch,noise")]
    [InlineData("noise:0.3:kept", "noise:0.3:kept")]
    [InlineData("noise, light:0.5:0.75", "light:0.5:0.75,noise")]
    [InlineData("pitch:2", "pitch:2")]
    [InlineData("pitch:0", "off")]
    public void What_was_read_is_written_the_short_way(string text, string written)
    {
        var policy = AugmentPolicy.Parse(text);
        Assert.Equal(written, policy.ToString());
        Assert.Equal(policy, AugmentPolicy.Parse(written));
    }

    [Theory]
    [InlineData("blur", "blur")]
    [InlineData("colour:2", "0 to 1")]
    [InlineData("translation:x", "'x'")]
    [InlineData("", "''")]
    [InlineData("colour:0.5:2", "0 to 1")]
    [InlineData("cutout:0.5:0.5", "cutout:0.5:0.5")]
    [InlineData("noise:3", "0 to 2")]
    [InlineData("colour:0.5:kept", "'kept'")]
    [InlineData("pitch:13", "whole semitones from 0 to 12, not '13'")]
    [InlineData("pitch:1.5", "not '1.5'")]
    public void A_wrong_part_is_named(string text, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => AugmentPolicy.Parse(text)).Message);

    [Fact]
    public void Colours_are_left_alone_from_their_time_on()
    {
        var policy = AugmentPolicy.Parse("colour:0.5:0.75,cutout");
        Assert.Equal(0.5, policy.At(0.7).Colour);
        Assert.Equal((0.5, 0.0), (AugmentPolicy.Parse("light:0.5:0.6").At(0.5).Light, AugmentPolicy.Parse("light:0.5:0.6").At(0.6).Light));
        Assert.Equal(AugmentPolicy.None with { Cutout = 0.5 }, policy.At(0.75) with { ColourUntil = 1 });
        Assert.Equal(AugmentPolicy.Usual, AugmentPolicy.Usual.At(1 - 1e-9));
    }

    [Fact]
    public void A_collapsed_run_cuts_and_moves_pictures_but_no_rolls()
    {
        Assert.Equal("translation,cutout,noise", AugmentPolicy.None.Firmer().ToString());
        const string ForRolls = "light:0.5,cutout:0.25,noise:0.3:kept";
        Assert.Equal(ForRolls, AugmentPolicy.Parse(ForRolls).Firmer().ToString());
        Assert.Equal("pitch,noise", AugmentPolicy.Parse("pitch").Firmer().ToString());
        Assert.Equal("pitch,noise:0.5", AugmentPolicy.Parse("pitch,noise:0.5").Firmer().ToString());
    }

    [Fact]
    public void Noise_falls_evenly_to_nothing_by_its_time()
    {
        var policy = AugmentPolicy.Parse("noise:0.4:0.5");
        Assert.Equal([0.4, 0.2, 0, 0], new[] { 0, 0.25, 0.5, 1 }.Select(progress => Math.Round(policy.At(progress).Noise, 6)));
        Assert.Equal(0.1, AugmentPolicy.Parse("noise:0.4").At(0.75).Noise, 6);
        Assert.Equal([0.4, 0.4], new[] { 0, 1.0 }.Select(progress => AugmentPolicy.Parse("noise:0.4:kept").At(progress).Noise));
    }
}
