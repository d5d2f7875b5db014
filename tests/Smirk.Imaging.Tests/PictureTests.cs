namespace Smirk.Imaging.Tests;

public sealed class PictureTests
{
    // Red, green / blue, white / black, grey: every pixel differs, so no turn looks like another.
    private static readonly Picture Six = new(2, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128, 128, 128]);

    [Fact]
    public void Constructor_refuses_pixels_of_another_size()
    {
        var error = Assert.Throws<ArgumentException>(() => new Picture(2, 2, new byte[11]));
        Assert.Contains("12 bytes, not 11", error.Message);
    }

    [Fact]
    public void Crop_takes_the_part_asked_for()
    {
        var part = Six.Crop(1, 1, 1, 2);
        Assert.Equal([255, 255, 255, 128, 128, 128], part.Pixels);
        Assert.Throws<ArgumentOutOfRangeException>(() => Six.Crop(1, 1, 2, 1));
    }

    [Fact]
    public void Mirror_swaps_left_and_right() =>
        Assert.Equal([0, 255, 0, 255, 0, 0, 255, 255, 255, 0, 0, 255, 128, 128, 128, 0, 0, 0], Six.MirrorHorizontally().Pixels);

    [Fact]
    public void Rotate90_turns_clockwise()
    {
        var turned = Six.Rotate90(1);
        Assert.Equal((3, 2), (turned.Width, turned.Height));
        Assert.Equal([0, 0, 0, 0, 0, 255, 255, 0, 0, 128, 128, 128, 255, 255, 255, 0, 255, 0], turned.Pixels);
        Assert.Equal(Six.Pixels, turned.Rotate90(-1).Pixels);
        Assert.Equal(Six.Rotate90(2).Pixels, turned.Rotate90(1).Pixels);
    }
}
