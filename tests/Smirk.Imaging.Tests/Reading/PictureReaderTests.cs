using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Resizing;
using Smirk.Imaging.Vision;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Reading;

public sealed class PictureReaderTests
{
    // tests/goldens/pictures/make.sh: top left, top right, bottom left, bottom right.
    private static readonly int[][] Corners = [[200, 40, 40], [40, 160, 60], [40, 60, 200], [230, 210, 60]];

    [Theory]
    [InlineData("progressive.jpg", 4)]
    [InlineData("interlaced.png", 0)]
    [InlineData("palette.png", 2)]
    [InlineData("plain.tif", 0)]
    [InlineData("tiled.tif", 0)]
    [InlineData("sixteen.tif", 1)]
    [InlineData("lab.tif", 3)]
    [InlineData("float.tif", 2)]
    [InlineData("p3.png", 3)]
    [InlineData("p3-16bit.png", 3)]
    [InlineData("p3.jpg", 5)]
    [InlineData("picture.avif", 6)]
    [InlineData("picture.heic", 6)]
    // Print inks can't show these colours; what they can is told by the profile.
    [InlineData("cmyk.jpg", 56)]
    [InlineData("cmyk.tif", 56)]
    public void Decode_gives_the_same_colours_from_every_encoding(string name, int tolerance)
    {
        Assert.SkipUnless(CanRead(name), "libheif has no decoder for this format here");
        var picture = PictureReader.DecodeFile(Golden(name));
        Assert.Equal((64, 64), (picture.Width, picture.Height));
        for (var corner = 0; corner < 4; corner++)
        {
            var at = (((corner / 2 * 32) + 16) * 64 + (corner % 2 * 32) + 16) * 3;
            for (var c = 0; c < 3; c++)
                Assert.InRange(picture.Pixels[at + c] - Corners[corner][c], -tolerance, tolerance);
        }
    }

    [Fact]
    public void Decode_widens_grey_to_three_equal_channels()
    {
        var picture = PictureReader.DecodeFile(Golden("grey.jpg"));
        Assert.All(picture.Pixels.Chunk(3), p => Assert.True(p[0] == p[1] && p[1] == p[2]));
        Assert.True(picture.Pixels.Distinct().Count() >= 4);
    }

    [Fact]
    public void Decode_handles_every_kind_of_PNG()
    {
        Same([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0], PngMaker.Make(2, 1, PngMaker.Grey, [[0b0100_0000], [0b1000_0000]]));
        Same([17, 17, 17, 187, 187, 187], PngMaker.Make(2, 4, PngMaker.Grey, [[0x1B]]));
        Same([171, 171, 171], PngMaker.Make(1, 16, PngMaker.Grey, [[0xAB, 0xCD]]));
        Same([1, 2, 3, 250, 251, 252], PngMaker.Make(2, 8, PngMaker.Rgb, [[1, 2, 3, 250, 251, 252]]));
        Same([0x12, 0x56, 0x9A], PngMaker.Make(1, 16, PngMaker.Rgb, [[0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC]]));
        Same([9, 8, 7, 6, 5, 4], PngMaker.Make(2, 2, PngMaker.Palette, [[0b0100_0000]], ("PLTE", [6, 5, 4, 9, 8, 7])));
    }

    [Fact]
    public void Decode_lays_transparency_over_white()
    {
        Same([255, 255, 255, 100, 100, 100, 178, 178, 178], PngMaker.Make(3, 8, PngMaker.GreyAlpha, [[50, 0, 100, 255, 100, 127]]),
            tolerance: 1);
        Same([255, 255, 255, 10, 20, 30], PngMaker.Make(2, 8, PngMaker.Rgba, [[10, 20, 30, 0, 10, 20, 30, 255]]));
        Same([178, 178, 178], PngMaker.Make(1, 16, PngMaker.Rgba, [[100, 0, 100, 0, 100, 0, 127, 255]]), tolerance: 1);
        Same([255, 255, 255, 9, 8, 7], PngMaker.Make(2, 8, PngMaker.Palette, [[0, 1]], ("PLTE", [6, 5, 4, 9, 8, 7]), ("tRNS", [0])));
        Same([255, 255, 255, 2, 2, 2], PngMaker.Make(2, 8, PngMaker.Grey, [[1, 2]], ("tRNS", [0, 1])));
    }

    [Fact]
    public void Decode_lays_what_would_vanish_on_white_over_black()
    {
        Same([255, 255, 255, 0, 0, 0], PngMaker.Make(2, 8, PngMaker.Rgba, [[255, 255, 255, 255, 255, 255, 255, 0]]));
        Same([250, 250, 250, 127, 127, 127, 0, 0, 0], PngMaker.Make(3, 8, PngMaker.GreyAlpha, [[250, 255, 255, 127, 9, 0]]), tolerance: 1);
        Same([255, 255, 255, 0, 0, 0],
            PngMaker.Make(2, 8, PngMaker.Palette, [[0, 1]], ("PLTE", [255, 255, 255, 255, 255, 255]), ("tRNS", [255, 0])));
        var luminance = PictureReader.DecodeLuminance(PngMaker.Make(2, 8, PngMaker.Rgba, [[255, 255, 255, 255, 255, 255, 255, 0]]));
        Assert.Equal([255, 0], luminance.Pixels);

        // Nothing changes where all is opaque or nothing is there, and for what is light but to be seen on white.
        Same([255, 255, 255], PngMaker.Make(1, 8, PngMaker.Rgba, [[255, 255, 255, 255]]));
        Same([255, 255, 255], PngMaker.Make(1, 8, PngMaker.Rgba, [[255, 255, 255, 0]]));
        Same([220, 220, 220, 255, 255, 255], PngMaker.Make(2, 8, PngMaker.Rgba, [[220, 220, 220, 255, 0, 0, 0, 0]]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Decode_turns_the_picture_upright(int orientation)
    {
        // What is stored so that, turned as the orientation asks, it is the corners again.
        var upright = PictureReader.DecodeFile(Golden("plain.tif")).Crop(8, 0, 56, 64);
        var stored = orientation switch
        {
            2 => upright.MirrorHorizontally(),
            3 => upright.Rotate90(2),
            4 => upright.Rotate90(2).MirrorHorizontally(),
            5 => upright.Rotate90(1).MirrorHorizontally(),
            6 => upright.Rotate90(-1),
            7 => upright.Rotate90(-1).MirrorHorizontally(),
            8 => upright.Rotate90(1),
            _ => upright,
        };
        var rows = Enumerable.Range(0, stored.Height).Select(y => stored.Row(y).ToArray()).ToArray();
        Same(upright.Pixels, PngMaker.Make(stored.Width, 8, PngMaker.Rgb, rows, ("eXIf", ExifMaker.Tiff(orientation))));
        Same(upright.Pixels, ExifMaker.IntoJpeg(PictureWriter.Jpeg(stored, 100), orientation), tolerance: 4);
        Same(upright.Pixels, ExifMaker.IntoWebP(PictureWriter.WebP(stored, lossless: true), orientation, stored.Width, stored.Height));
    }

    [Theory]
    [InlineData(40, 64)]
    [InlineData(16, 32)]
    [InlineData(8, 16)]
    [InlineData(4, 8)]
    [InlineData(1, 8)]
    public void Decode_shrinks_a_JPEG_on_load_but_not_below_twice_the_hint(int wanted, int expected)
    {
        var picture = PictureReader.DecodeFile(Golden("progressive.jpg"), new DecodeOptions { ShrinkTo = wanted });
        Assert.Equal((expected, expected), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("interlaced.png", 1024, 2)]
    [InlineData("p3-16bit.png", 256, 4)]
    [InlineData("tiled.tif", 1, 8)]
    [InlineData("cmyk.jpg", 1024, 2)]
    [InlineData("progressive.jpg", 1024, 2)]
    [InlineData("palette.png", 4096, 1)]
    public void Decode_averages_squares_where_there_are_more_pixels_than_wanted(string name, long most, int by)
    {
        var expected = PictureReader.DecodeFile(Golden(name)).Resize(64 / by, 64 / by, ResizeKernel.Box);
        var reduced = PictureReader.DecodeFile(Golden(name), new DecodeOptions { MostPixels = most });
        Assert.Equal((64 / by, 64 / by), (reduced.Width, reduced.Height));
        Assert.All(expected.Pixels.Zip(reduced.Pixels), p => Assert.InRange(p.Second - p.First, -6, 6));
    }

    [Fact]
    public void Decode_leaves_out_what_fills_no_square()
    {
        var stored = PictureReader.DecodeFile(Golden("palette.png")).Crop(0, 0, 63, 50);
        foreach (var bytes in new[] { PictureWriter.Png(stored), PictureWriter.Jpeg(stored, 100) })
        {
            var reduced = PictureReader.Decode(bytes, new DecodeOptions { MostPixels = 200 });
            Assert.Equal((15, 12), (reduced.Width, reduced.Height));
        }
    }

    [Fact]
    public void Decode_lets_WebP_shrink_itself()
    {
        var stored = PictureReader.DecodeFile(Golden("palette.png"));
        var reduced = PictureReader.Decode(PictureWriter.WebP(stored, lossless: true), new DecodeOptions { MostPixels = 1024 });
        Assert.Equal((32, 32), (reduced.Width, reduced.Height));
        Assert.All(stored.Resize(32, 32, ResizeKernel.Box).Pixels.Zip(reduced.Pixels), p => Assert.InRange(p.Second - p.First, -6, 6));
    }

    [Theory]
    [InlineData("p3.png", 0)]
    [InlineData("palette.png", 0)]
    [InlineData("progressive.jpg", 2)]
    [InlineData("cmyk.jpg", 0)]
    public void DecodeLuminance_gives_the_luminance_of_the_same_pixels(string name, int tolerance)
    {
        var bytes = File.ReadAllBytes(Golden(name));
        var expected = GreyPicture.FromRgb(64, 64, PictureReader.Decode(bytes).Pixels);
        Assert.All(expected.Pixels.Zip(PictureReader.DecodeLuminance(bytes).Pixels), p =>
            Assert.InRange(p.Second - p.First, -tolerance, tolerance));
    }

    [Fact]
    public void ReadHeader_tells_what_is_stored()
    {
        Assert.Equal(new PictureHeader(PictureFormat.Png, 64, 64, 1, 1, 3, 16, HasAlpha: false, HasProfile: true), Header("p3-16bit.png"));
        Assert.Equal(new PictureHeader(PictureFormat.Jpeg, 64, 64, 1, 1, 4, 8, HasAlpha: false, HasProfile: false), Header("cmyk.jpg"));
        Assert.Equal(PictureFormat.Avif, Header("picture.avif").Format);
        Assert.Equal(PictureFormat.Heic, Header("picture.heic").Format);
    }

    [Fact]
    public void Decode_goes_by_the_bytes_and_not_the_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("photo.jpg", File.ReadAllBytes(Golden("palette.png")));
        Assert.Equal(64, PictureReader.DecodeFile(path).Width);
    }

    // Distributions pack libheif's decoders apart.
    private static bool CanRead(string name)
    {
        try
        {
            return !name.StartsWith("picture.", StringComparison.Ordinal) || PictureReader.DecodeFile(Golden(name)).Width > 0;
        }
        catch (UnusablePictureException reason) when (reason.Message.Contains("can't read") || reason.Message.Contains("nsupported"))
        {
            return false;
        }
    }

    private static PictureHeader Header(string name) => PictureReader.ReadHeader(File.ReadAllBytes(Golden(name)));

    private static string Golden(string name) => Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name);

    private static void Same(byte[] expected, byte[] encoded, int tolerance = 0)
    {
        var pixels = PictureReader.Decode(encoded).Pixels;
        Assert.Equal(expected.Length, pixels.Length);
        Assert.All(expected.Zip(pixels), p => Assert.InRange(p.Second - p.First, -tolerance, tolerance));
    }
}
