using Smirk.Files.Strip;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

public sealed class WebPStripperTests
{
    private const byte Profile = 0x20, Alpha = 0x10, Exif = 0x08, Xmp = 0x04, Animation = 0x02;

    private static readonly byte[] Picture =
        Planted.WebPParts(PictureWriter.WebP(Planted.Picture())).Find(p => p[3] is (byte)' ' or (byte)'L')!;
    private static readonly byte[] IccProfile = [.. Planted.BigEndian(201), .. new byte[32], .. "acsp"u8, .. new byte[161]];

    private static byte[] Extended(byte flags) => Planted.WebPChunk("VP8X", [flags, 0, 0, 0, 23, 0, 0, 15, 0, 0]);

    [Fact]
    public void Strip_removes_all_but_the_picture_and_corrects_flags_and_size()
    {
        var outcome = MetadataStripper.Strip(Planted.WebP(
        [
            Planted.WebPChunk("VP8X", [Exif | Xmp | Alpha | 0xC1, .. Planted.Canary[..3], 23, 0, 0, 15, 0, 0]),
                Planted.WebPChunk("ZZZZ", Planted.Canary), Picture,
            Planted.WebPChunk("EXIF", Planted.Exif(1)), Planted.WebPChunk("XMP ", Planted.Canary),
                Planted.WebPChunk("????", Planted.Canary),
        ]));
        Assert.Equal(Planted.WebP([Extended(Alpha), Picture]), outcome.Bytes.ToArray());
        Assert.Equal(["chunk ZZZZ", "Exif", "XMP", "chunk ????"], outcome.Removed.Select(r => r.Name));
    }

    [Fact]
    public void Strip_takes_all_that_follows_a_simple_picture_off()
    {
        var bare = Planted.WebP([Picture]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(bare).Status);
        Assert.Equal(bare, MetadataStripper.Strip(Planted.WebP(
            [Picture, Planted.WebPChunk("EXIF", Planted.Exif(6)), Planted.WebPChunk("ICCP", IccProfile)])).Bytes.ToArray());
        Assert.Equal(bare, MetadataStripper.Strip(Planted.Join([bare, Planted.Canary])).Bytes.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Strip_keeps_the_orientation_as_the_only_tag(bool prefixed)
    {
        byte[] prefix = prefixed ? [.. "Exif\0\0"u8] : [];
        var with = Planted.WebP([Extended(Exif), Picture, Planted.WebPChunk("EXIF", prefix, Planted.Exif(6, littleEndian: true))]);
        var outcome = MetadataStripper.Strip(with);
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(PictureReader.Decode(with).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(outcome.Bytes).Status);
        Assert.Equal(Planted.WebP([Extended(0), Picture]), MetadataStripper.Strip(
            with, new StripOptions { DropOrientation = true }).Bytes.ToArray());
        // Without the flag no decoder looks for it.
        Assert.Equal(Planted.WebP([Extended(0), Picture]), MetadataStripper.Strip(
            Planted.WebP([Extended(0), Picture, Planted.WebPChunk("EXIF", prefix, Planted.Exif(6))])).Bytes.ToArray());
    }

    [Fact]
    public void Strip_keeps_a_profile_and_cuts_off_what_follows_it()
    {
        var clean = Planted.WebP([Extended(Profile), Planted.WebPChunk("ICCP", IccProfile), Picture]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(clean).Status);
        Assert.Equal(clean, MetadataStripper.Strip(Planted.WebP(
            [Extended(Profile), Planted.WebPChunk("ICCP", IccProfile, Planted.Canary), Picture])).Bytes.ToArray());
        Assert.Equal(Planted.WebP([Extended(0), Picture]), MetadataStripper.Strip(
            clean, new StripOptions { DropIcc = true }).Bytes.ToArray());
    }

    [Fact]
    public void Strip_looks_into_the_frames_of_an_animation()
    {
        byte[] frame = new byte[16];
        byte[] File(params byte[][] extra) => Planted.WebP(
        [
            Extended(Animation), Planted.WebPChunk("ANIM", new byte[6]), Planted.WebPChunk("ANMF", [frame, Picture, .. extra]),
                Planted.WebPChunk("ANMF", frame, Picture), .. extra,
        ]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(File()).Status);
        var outcome = MetadataStripper.Strip(File(Planted.WebPChunk("junk", Planted.Canary)));
        Assert.Equal(File(), outcome.Bytes.ToArray());
    }

    [Fact]
    public void Strip_writes_padding_as_zero_and_adds_it_where_it_is_missing()
    {
        var odd = Planted.WebPChunk("VP8L", [0x2F, 1, 2]);
        odd[^1] = (byte)'c';
        var outcome = MetadataStripper.Strip(Planted.WebP([odd]));
        odd[^1] = 0;
        Assert.Equal(Planted.WebP([odd]), outcome.Bytes.ToArray());
        Assert.Equal(Planted.WebP([odd]), MetadataStripper.Strip(Planted.WebP([odd[..^1]])).Bytes.ToArray());
    }

    [Fact]
    public void Strip_refuses_arrangements_that_no_decoder_reads()
    {
        Refused(Planted.WebP([Extended(0)]), "0 still pictures");
        Refused(Planted.WebP([Extended(0), Picture, Picture]), "2 still pictures");
        Refused(Planted.WebP([Extended(Animation), Picture]), "in an animation");
        Refused(Planted.WebP([Picture, Extended(0)]), "isn't the first");
        Refused(Planted.WebP([]), "no picture data");
        Refused(Planted.WebP([Picture])[..^2], "cut short");
        Refused(Planted.WebP([Picture, [1, 2, 3, 4]]), "too few for a chunk");

        static void Refused(byte[] bytes, string reason) =>
            Assert.Contains(reason, MetadataStripper.Strip(bytes).Reason, StringComparison.Ordinal);
    }
}
