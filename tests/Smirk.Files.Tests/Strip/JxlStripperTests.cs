using Smirk.Files.Strip;
using static Smirk.Files.Tests.Strip.PlantedBoxes;

namespace Smirk.Files.Tests.Strip;

public sealed class JxlStripperTests
{
    private static readonly byte[] Start =
        [.. Box("JXL ", [0x0D, 0x0A, 0x87, 0x0A]), .. Box("ftyp", "jxl "u8.ToArray(), U32(0), "jxl "u8.ToArray())];
    private static readonly byte[] Codestream = [0xFF, 0x0A, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Strip_removes_every_box_but_those_of_the_codestream()
    {
        byte[][] pictures =
            [Box("jxlc", Codestream), [.. Box("jxlp", U32(0), Codestream[..5]), .. Box("jxlp", U32(-0x7FFFFFFF), Codestream[5..])]];
        byte[][] hidden =
        [
            Box("Exif", U32(0), Planted.Canary), Box("xml ", Planted.Canary), Box("jumb", Planted.Canary),
            Box("brob", "Exif"u8.ToArray(), Planted.Canary),
            Box("jbrd", Planted.Canary), Box("free", Planted.Canary), Box("what", Planted.Canary),
        ];
        foreach (var picture in pictures)
        {
            byte[] bare = [.. Start, .. Box("jxll", [10]), .. picture];
            Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(bare).Status);
            foreach (var box in hidden)
            {
                Assert.Equal(bare, MetadataStripper.Strip((byte[])[.. bare, .. box]).Bytes.ToArray());
                Assert.Equal(bare, MetadataStripper.Strip((byte[])[.. Start, .. box, .. Box("jxll", [10]), .. picture]).Bytes.ToArray());
            }
        }
    }

    [Fact]
    public void A_bare_codestream_is_clean_and_a_part_of_one_is_refused()
    {
        var bare = MetadataStripper.Strip(Codestream);
        Assert.Equal((StripStatus.Clean, StripFormat.Jxl), (bare.Status, bare.Format));
        byte[][] parts = [Start, [.. Start, .. Box("jxlp", U32(0), Codestream)], [.. Start, .. Box("jxlc", Codestream)[..^1]]];
        foreach (var cut in parts)
            Assert.Contains("cut short", MetadataStripper.Strip(cut).Reason, StringComparison.Ordinal);
    }
}
