using Smirk.Files.Strip;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

public sealed class JpegStripperTests
{
    private static readonly byte[] Jfif = Planted.Segment(0xE0, "JFIF\0"u8.ToArray(), [1, 2, 0, 0, 1, 0, 1, 0, 0]);
    private static readonly byte[] Bare = Planted.WithJfif(PictureWriter.Jpeg(Planted.Picture()), Jfif);

    /// <summary>Every place of a JPEG that metadata is kept in, by name.</summary>
    public static TheoryData<string, byte[]> Hiding => new()
    {
        { "comment", Planted.Segment(0xFE, Planted.Canary) },
        { "JFIF thumbnail in an extension", Planted.Segment(0xE0, "JFXX\0"u8.ToArray(), [0x10], Planted.Canary) },
        { "Exif", Planted.Segment(0xE1, "Exif\0\0"u8.ToArray(), Planted.Exif(1)) },
        { "Exif of another byte order", Planted.Segment(0xE1, "Exif\0\0"u8.ToArray(), Planted.Exif(1, littleEndian: true)) },
        { "XMP", Planted.Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"u8.ToArray(), Planted.Canary) },
        { "extended XMP", Planted.Segment(0xE1, "http://ns.adobe.com/xmp/extension/\0"u8.ToArray(), Planted.Canary) },
        { "MPF", Planted.Segment(0xE2, "MPF\0"u8.ToArray(), Planted.Canary) },
        { "FlashPix", Planted.Segment(0xE2, "FPXR\0"u8.ToArray(), Planted.Canary) },
        { "an ICC profile that is none", Planted.Segment(0xE2, "ICC_PROFILE\0"u8.ToArray(), [1, 1], Planted.Canary) },
        { "C2PA", Planted.Segment(0xEB, "JP\0\0\0\0\0\u0001"u8.ToArray(), Planted.Canary) },
        { "Ducky", Planted.Segment(0xEC, "Ducky"u8.ToArray(), Planted.Canary) },
        { "IPTC", Planted.Segment(0xED, "Photoshop 3.0\08BIM"u8.ToArray(), Planted.Canary) },
        { "APP14 of nobody", Planted.Segment(0xEE, Planted.Canary) },
        { "APP15", Planted.Segment(0xEF, Planted.Canary) },
        { "APP3", Planted.Segment(0xE3, Planted.Canary) },
    };

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Strip_removes_every_segment_but_those_of_the_picture_wherever_it_stands(string name, byte[] hidden)
    {
        var parts = Planted.JpegParts(Bare);
        for (var place = 1; place < parts.Count; place++)
        {
            var outcome = MetadataStripper.Strip(Planted.Join([.. parts[..place], hidden, .. parts[place..]]));
            Assert.True(outcome.Status == StripStatus.Stripped && outcome.Removed.Count == 1 && Bare.AsSpan()
                .SequenceEqual(outcome.Bytes.Span), $"{name} at {place}: {outcome}");
        }
    }

    [Fact]
    public void Strip_removes_what_follows_the_end()
    {
        foreach (var trailer in new[] { Planted.Canary, Planted.Join([Bare, Planted.Canary]), [0], [0xFF, 0xD9] })
            Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([Bare, trailer])).Bytes.ToArray());
    }

    [Fact]
    public void Strip_cuts_a_JFIF_thumbnail_out_and_keeps_the_header()
    {
        var parts = Planted.JpegParts(Bare);
        byte[] pixels = [.. Planted.Canary, .. Planted.Canary, .. Planted.Canary, .. new byte[3]];
        var with = Planted.Segment(0xE0, Jfif[4..16], [4, 4], pixels, Planted.Canary);
        var outcome = MetadataStripper.Strip(Planted.Join([parts[0], with, .. parts[2..]]));
        Assert.Equal(Bare, outcome.Bytes.ToArray());
        Assert.Equal("JFIF thumbnail", Assert.Single(outcome.Removed).Name);
        var twice = MetadataStripper.Strip(Planted.Join([.. parts[..2], with, .. parts[2..]]));
        Assert.Equal(Bare, twice.Bytes.ToArray());
        Assert.Equal("second JFIF header", Assert.Single(twice.Removed).Name);
    }

    [Fact]
    public void Strip_adds_no_JFIF_header_where_there_was_none()
    {
        var parts = Planted.JpegParts(Bare);
        var without = Planted.Join([parts[0], .. parts[2..]]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(without).Status);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(6, true)]
    [InlineData(8, false)]
    public void Strip_keeps_the_orientation_as_the_only_tag(ushort orientation, bool littleEndian)
    {
        var parts = Planted.JpegParts(Bare);
        var with =
            Planted.Join([parts[0], Planted.Segment(0xE1, "Exif\0\0"u8.ToArray(), Planted.Exif(orientation, littleEndian)), .. parts[1..]]);
        var outcome = MetadataStripper.Strip(with);
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(0xE1, Planted.JpegParts(outcome.Bytes.ToArray())[1][1]);
        Assert.Equal(4 + 6 + 26, Planted.JpegParts(outcome.Bytes.ToArray())[1].Length);
        Assert.Equal(orientation, PictureReader.ReadHeader(outcome.Bytes.Span).Orientation);
        Assert.Equal(PictureReader.Decode(with).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        Assert.Equal(Bare, MetadataStripper.Strip(with, new StripOptions { DropOrientation = true }).Bytes.ToArray());
    }

    [Fact]
    public void Strip_keeps_Adobe_s_colour_transform_and_nothing_behind_it()
    {
        var parts = Planted.JpegParts(Bare);
        var adobe = Planted.Segment(0xEE, "Adobe"u8.ToArray(), [0, 100, 0, 0, 0, 0, 0]);
        var padded = Planted.Segment(0xEE, "Adobe"u8.ToArray(), [0, 100, 0, 0, 0, 0, 0], Planted.Canary);
        var outcome = MetadataStripper.Strip(Planted.Join([parts[0], padded, .. parts[2..]]));
        Assert.Equal(Planted.Join([parts[0], adobe, .. parts[2..]]), outcome.Bytes.ToArray());
        // Transform 0 says RGB: the same bytes would be other colours without it.
        Assert.NotEqual(PictureReader.Decode(Planted.Join([parts[0], .. parts[2..]])).Pixels,
            PictureReader.Decode(outcome.Bytes.Span).Pixels);
    }

    [Fact]
    public void Strip_keeps_a_profile_in_parts_and_cuts_off_what_follows_it()
    {
        byte[] profile = [.. Planted.BigEndian(300), .. new byte[32], .. "acsp"u8, .. Enumerable.Repeat((byte)7, 260)];
        var parts = Planted.JpegParts(Bare);
        byte[] Part(byte number, params byte[][] data) => Planted.Segment(0xE2, ["ICC_PROFILE\0"u8.ToArray(), [number, 2], .. data]);
        byte[] clean = Planted.Join([.. parts[..2], Part(1, profile[..200]), Part(2, profile[200..]), .. parts[2..]]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(clean).Status);
        var padded = Planted.Join([.. parts[..2], Part(1, profile[..200]), Part(2, profile[200..], Planted.Canary), .. parts[2..]]);
        Assert.Equal(clean, MetadataStripper.Strip(padded).Bytes.ToArray());
        Assert.Equal(Bare, MetadataStripper.Strip(padded, new StripOptions { DropIcc = true }).Bytes.ToArray());
        var lacking = Planted.Join([.. parts[..2], Part(2, profile[200..]), .. parts[2..]]);
        Assert.Equal(Bare, MetadataStripper.Strip(lacking).Bytes.ToArray());
    }

    [Fact]
    public void Strip_takes_fill_bytes_and_restart_markers_for_what_they_are()
    {
        var parts = Planted.JpegParts(Bare);
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([.. parts[..2], [0xFF, 0xFF, 0xFF], .. parts[2..]])).Bytes.ToArray());
        // A restart marker, a stuffed FF and fill before a restart marker are all data of the scan.
        var scan = parts.FindIndex(p => p[1] == 0xDA);
        byte[] odd = Planted.Join([.. parts[..(scan + 1)], [0xFF, 0xD0, 0x12, 0xFF, 0x00, 0xFF, 0xFF, 0xD1, 0x34], .. parts[(scan + 1)..]]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(odd).Status);
    }

    [Fact]
    public void Strip_keeps_DNL_only_where_the_height_comes_from_it()
    {
        var parts = Planted.JpegParts(Bare);
        var dnl = Planted.Segment(0xDC, [0, 16]);
        var scan = parts.FindIndex(p => p[1] == 0xDA);
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([.. parts[..(scan + 1)], dnl, .. parts[(scan + 1)..]])).Bytes.ToArray());
        var frame = parts.Find(p => p[1] == 0xC0)!;
        frame[5] = frame[6] = 0;
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(Planted.Join([.. parts[..(scan + 1)], dnl, .. parts[(scan + 1)..]])).Status);
    }

    [Fact]
    public void Strip_refuses_a_JFIF_header_that_only_some_decoders_would_take_for_one()
    {
        var parts = Planted.JpegParts(Bare);
        var outcome = MetadataStripper.Strip(Planted.Join([parts[0], Planted.Segment(0xE0, "JFIF\0"u8.ToArray(), [1, 2]), .. parts[2..]]));
        Assert.Contains("its JFIF header at byte 2 has 7 bytes", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FFD8FFD9", "no picture data")]
    [InlineData("FFD8FFDA0008010100003F00FFD9", "before any frame header")]
    [InlineData("FFD8FFE1000100", "the least is 2")]
    [InlineData("FFD8FFE100FF00", "cut short")]
    [InlineData("FFD8FFDB000500", "cut short")]
    [InlineData("FFD8FFDB00040000FFD9", "doesn't fit")]
    [InlineData("FFD8FFC400040000FFD9", "doesn't fit")]
    [InlineData("FFD8FFD8", "a second SOI")]
    [InlineData("FFD8FFF70004", "JPEG-LS")]
    [InlineData("FFD8FFDE0004", "hierarchical")]
    [InlineData("FFD8FFD0", "restart marker")]
    [InlineData("FFD8FF02", "none that JPEG has")]
    public void Strip_refuses_what_is_damaged_with_the_reason(string hex, string reason)
    {
        var bytes = Convert.FromHexString(hex);
        var outcome = MetadataStripper.Strip(bytes);
        Assert.Equal(StripStatus.Refused, outcome.Status);
        Assert.Contains(reason, outcome.Reason, StringComparison.Ordinal);
        Assert.True(outcome.IsDamaged);
        Assert.Equal(bytes, outcome.Bytes.ToArray());
    }
}
