using Smirk.Files.Strip;
using Smirk.Imaging;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>A picture is whole where its coded data fill it, whatever is missing or stands around them.</summary>
public sealed class EndMarkTests
{
    private static readonly Picture Drawn = Planted.Picture(width: 90);

    /// <summary>Each format that has an end mark, and how many bytes that takes.</summary>
    public static TheoryData<PictureFormat, int> EndMarks => new()
    {
        { PictureFormat.Jpeg, 2 }, { PictureFormat.Png, 12 }, { PictureFormat.Gif, 1 },
    };

    [Theory]
    [InlineData("no-eoi.jpg")]
    [InlineData("no-eoi-mp4.jpg")]
    [InlineData("stray-bytes.jpg")]
    public void The_whole_pictures_that_were_refused_are_stripped_and_decode_as_before(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestData.Require("faults"), name));
        var stripped = MetadataStripper.Strip(bytes);
        Assert.Equal(StripStatus.Stripped, stripped.Status);
        Assert.True(stripped.Bytes.Span.IndexOf("FTYP"u8) < 0 && stripped.Bytes.Span[^2..].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD9]));
        Assert.Equal(PictureReader.Decode(bytes).Pixels, PictureReader.Decode(stripped.Bytes.Span).Pixels);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes).Status);
    }

    [Theory]
    [MemberData(nameof(EndMarks))]
    public void A_missing_end_mark_is_put_back_where_all_of_the_picture_is_there(PictureFormat format, int length)
    {
        var whole = Encoded(format);
        Assert.Equal(whole, MetadataStripper.Strip(whole.AsMemory(0, whole.Length - length)).Bytes.ToArray());
        Assert.Equal(PictureReader.Decode(whole).Pixels, PictureReader.Decode(whole.AsSpan(0, whole.Length - length)).Pixels);
        Assert.Equal(StripStatus.Refused, MetadataStripper.Strip(whole.AsMemory(0, whole.Length - length - 8)).Status);
        if (format != PictureFormat.Gif)
            Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(whole.AsSpan(0, whole.Length - length - 8)));
    }

    [Fact]
    public void What_was_put_behind_a_JPEG_without_its_end_mark_goes()
    {
        var whole = Encoded(PictureFormat.Jpeg);
        foreach (var junk in new byte[][] { Planted.Canary, [0, .. Planted.Canary, 0xFF, 0xE5], [0xFF, 0x02, .. Planted.Canary] })
            Assert.Equal(whole, MetadataStripper.Strip(Planted.Join([whole[..^2], junk])).Bytes.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_progressive_JPEG_without_its_end_mark_is_whole(bool hasVideo)
    {
        var golden = File.ReadAllBytes(Path.Combine(TestData.Repository, "tests/goldens/pictures/progressive.jpg"));
        var whole = MetadataStripper.Strip(golden).Bytes.ToArray();
        byte[] video = hasVideo ? [0, 0, 0, 16, .. "ftypmp42"u8, 0, 0, 0, 0, 0, 0, 0, 12, .. "mdat"u8, 1, 0xFF, 0xE1, 7] : [];
        byte[] bytes = [.. whole[..^2], .. video];
        Assert.Equal(whole, MetadataStripper.Strip(bytes).Bytes.ToArray());
        Assert.Equal(PictureReader.Decode(whole).Pixels, PictureReader.Decode(bytes).Pixels);
        Assert.Equal(StripStatus.Refused, MetadataStripper.Strip((byte[])[.. whole[..^40], .. video]).Status);
    }

    [Fact]
    public void An_animated_PNG_without_its_end_mark_is_whole_only_with_all_of_its_frames()
    {
        byte[][] frames = [.. Enumerable.Range(0, 3).Select(i => Planted.Picture(90, i * 40).Pixels)];
        var (whole, cut) = (MadePictures.Apng(90, 16, frames, 80), MadePictures.Apng(90, 16, frames, 80, ends: false));
        Assert.Equal(whole, MetadataStripper.Strip(cut).Bytes.ToArray());
        Assert.Equal(StripStatus.Refused, MetadataStripper.Strip(cut.AsMemory(0, cut.Length - 6)).Status);
        Assert.Equal(PictureReader.Decode(whole).Pixels, PictureReader.Decode(cut).Pixels);
        var last = cut.AsSpan().LastIndexOf("fcTL"u8) - 4;
        Assert.Equal(StripStatus.Refused, MetadataStripper.Strip(cut.AsMemory(0, last)).Status);
    }

    [Fact]
    public void Stray_bytes_between_the_segments_of_a_JPEG_go()
    {
        var whole = Encoded(PictureFormat.Jpeg);
        var parts = Planted.JpegParts(whole);
        // A JPEG is told by the marker after SOI.
        for (var place = 2; place < parts.Count - 1; place++)
        {
            foreach (var stray in new byte[][] { [0], [0, 0], [0xFF, 0], [7, 0xFF, 0xFF] })
            {
                var bytes = Planted.Join([.. parts[..place], stray, .. parts[place..]]);
                Assert.Equal(whole, MetadataStripper.Strip(bytes).Bytes.ToArray());
                Assert.Equal(PictureReader.Decode(whole).Pixels, PictureReader.Decode(bytes).Pixels);
            }
        }
    }

    [Fact]
    public void Real_JPEGs_are_whole_without_their_end_mark_and_not_without_their_last_bytes()
    {
        var seen = 0;
        var files = Directory.EnumerateFiles(TestData.Require("validation"), "*", SearchOption.AllDirectories);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            if (MetadataStripper.Strip(bytes) is not { Format: StripFormat.Jpeg, Status: not StripStatus.Refused } stripped)
                continue;
            var cut = stripped.Bytes[..^2];
            Assert.True(MetadataStripper.Strip(cut).Bytes.Span.SequenceEqual(stripped.Bytes.Span), file);
            Assert.True(MetadataStripper.Strip(cut[..^40]).Status == StripStatus.Refused, file);
            if (++seen == 60)
                break;
        }

        Assert.NotEqual(0, seen);
    }

    private static byte[] Encoded(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => MetadataStripper.Strip(PictureWriter.Jpeg(Drawn)).Bytes.ToArray(),
        PictureFormat.Png => PictureWriter.Png(Drawn),
        _ => PictureWriter.AnimatedGif([Drawn, Planted.Picture(90, 77)], 50),
    };
}
