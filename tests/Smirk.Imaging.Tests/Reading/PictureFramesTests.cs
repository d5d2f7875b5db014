using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Frames;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Reading;

public sealed class PictureFramesTests
{
    private const int Width = 40;
    private const int Height = 30;

    public static TheoryData<string> Containers => ["gif", "webp", "apng", "tiff"];

    [Theory]
    [MemberData(nameof(Containers))]
    public void All_frames_are_read_in_order(string container)
    {
        Picture[] frames = [Plain(250), Plain(120), Plain(20)];
        using var read = PictureFrames.Open(Encode(container, frames))!;
        Assert.Equal(3, read.Count);
        foreach (var frame in frames)
            Assert.InRange(read.Next().Pixels[1000] - frame.Pixels[1000], -4, 4);
        Assert.Throws<InvalidOperationException>(() => read.Next());
    }

    [Theory]
    [InlineData("gif", 70)]
    [InlineData("webp", 70)]
    [InlineData("apng", 70)]
    [InlineData("tiff", 0)]
    public void Frames_know_how_long_they_are_shown(string container, int delay)
    {
        using var read = PictureFrames.Open(Encode(container, [Plain(250), Plain(120)]))!;
        Assert.All(read.Delays, shown => Assert.Equal(delay, shown));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void The_header_counts_them(string container) =>
        Assert.Equal(3, PictureReader.ReadHeader(Encode(container, [Plain(1), Plain(90), Plain(200)])).Frames);

    [Fact]
    public void A_still_picture_has_no_frames() => Assert.Null(PictureFrames.Open(PictureWriter.Png(Plain(7))));

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_blank_first_frame_is_not_the_picture(string container)
    {
        var drawn = Striped();
        var picture = PictureReader.Decode(Encode(container, [Plain(255), Plain(255), drawn]));
        Assert.InRange(picture.Pixels.Max() - picture.Pixels.Min(), 150, 255);
        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        Assert.InRange(PictureReader.DecodeLuminance(Encode(container, [Plain(255), drawn])).Pixels.Min(), 0, 60);
    }

    [Fact]
    public void A_first_frame_that_shows_something_is_the_picture() =>
        Assert.Equal(Striped().Pixels, PictureReader.Decode(Encode("apng", [Striped(), Plain(0), Plain(9)])).Pixels);

    [Fact]
    public void What_is_blank_to_its_end_stays_blank() =>
        Assert.Equal(Plain(255).Pixels, PictureReader.Decode(Encode("apng", [Plain(255), Plain(255)])).Pixels);

    [Fact]
    public void Fading_in_from_a_file_is_seen()
    {
        var picture = PictureReader.DecodeFile(Path.Combine(TestData.Require("faults"), "fade-in.gif"));
        Assert.True(picture.Pixels.Max() - picture.Pixels.Min() > 100);
    }

    [Fact]
    public void Frames_of_a_part_are_drawn_on_what_was_left()
    {
        static byte[] Rgb(int width, int height, byte value) => [.. Enumerable.Repeat(value, width * height * 3)];
        ApngFrame[] frames =
        [
            new(Rgb(4, 4, 200), 0, 0, 4, 4, 0),
            new(Rgb(2, 2, 10), 1, 1, 2, 2, 2), // its place goes back to what it was
            new(Rgb(1, 1, 90), 3, 3, 1, 1, 1), // its place is cleared
            new(Rgb(1, 1, 60), 0, 0, 1, 1, 0),
        ];
        using var read = PictureFrames.Open(MadePictures.Apng(4, 4, frames, 50))!;
        int[] Levels() => [.. read.Next().Pixels.Where((_, i) => i % 3 == 0).Select(p => (int)p)];
        Assert.All(Levels(), level => Assert.Equal(200, level));
        var second = Levels();
        Assert.Equal((10, 200), (second[5], second[0]));
        var third = Levels();
        Assert.Equal((200, 90), (third[5], third[15]));
        var fourth = Levels();
        Assert.Equal((60, 200), (fourth[0], fourth[5]));
        Assert.Equal(255, fourth[15]); // clear, over white
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Cut_short_it_is_refused_or_its_first_frame_is_read(string container)
    {
        var whole = Encode(container, [Striped(), Plain(50), Striped()]);
        for (var length = whole.Length - 1; length > 0; length -= Math.Max(1, whole.Length / 40))
        {
            try
            {
                using var frames = PictureFrames.Open(whole[..length]);
                for (var i = 0; i < (frames?.Count ?? 0); i++)
                    frames!.Next();
            }
            catch (UnusablePictureException)
            {
                // As it has to be.
            }
        }
    }

    [Fact]
    public void The_frames_of_an_image_sequence_are_counted()
    {
        byte[] Box(string type, params byte[] content) =>
            [0, 0, (byte)((content.Length + 8) >> 8), (byte)(content.Length + 8), .. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        var track = Box("trak", Box("mdia", Box("minf", Box("stbl", Box("stsz", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24])))));
        Assert.Equal(24, ImageSequence.CountOf([.. Box("ftyp", [.. "avis"u8]), .. Box("moov", track)]));
        Assert.Equal(1, ImageSequence.CountOf([.. Box("ftyp", [.. "avif"u8]), .. Box("meta", [1, 2, 3, 4])]));
    }

    private static byte[] Encode(string container, Picture[] frames) => container switch
    {
        "gif" => PictureWriter.AnimatedGif(frames, 70),
        "webp" => PictureWriter.AnimatedWebP(frames, 70, 95),
        "apng" => MadePictures.Apng(Width, Height, [.. frames.Select(f => f.Pixels)], 70),
        _ => MadePictures.Tiff(Width, Height, [.. frames.Select(f => f.Pixels)]),
    };

    private static Picture Plain(byte level) => new(Width, Height, level, level, level);

    private static Picture Striped()
    {
        var picture = new Picture(Width, Height, 240, 240, 240);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            if (i / 3 % Width % 8 < 3)
                picture.Pixels[i] = 15;
        }

        return picture;
    }
}
