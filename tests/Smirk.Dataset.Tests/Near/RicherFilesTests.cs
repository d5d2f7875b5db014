using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;
using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Near;

/// <summary>Of files that look the same the one that shows and tells the most is kept, however old it says it is.</summary>
public sealed class RicherFilesTests
{
    private static readonly Picture Drawn = FacePainter.Paint(TraitSampler.Sample(new Random(7)), 160, 200);

    // An Exif block of "now" and a camera: 0x010F make, 0x0132 date.
    private static readonly byte[] Exif =
    [
        .. "Exif\0\0MM\0*\0\0\0\x08"u8, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0, 4, .. "Cam\0"u8,
        0x01, 0x32, 0, 2, 0, 0, 0, 20, 0, 0, 0, 38, 0, 0, 0, 0,
        .. "2024:05:06 07:08:09\0"u8,
    ];

    [Fact]
    public void Sixteen_bits_stay_although_the_eight_are_older()
    {
        var folder = TestData.Require("faults");
        var (eight, sixteen) = (File.ReadAllBytes(Path.Combine(folder, "deep-8bit.png")), File.ReadAllBytes(Path.Combine(folder,
            "deep-16bit.png")));
        var member = Assert.Single(KeptFirst(sixteen, eight).Members);
        Assert.Equal(NearKind.ReEncode, member.Kind);
    }

    [Fact]
    public void An_HDR_picture_stays_before_its_standard_copy()
    {
        var hdr = File.ReadAllBytes(Path.Combine(TestData.Require("faults"), "gainmap.jpg"));
        var end = hdr.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) + 2;
        var group = KeptFirst(hdr, hdr[..end]);
        Assert.Equal(NearKind.ReEncode, Assert.Single(group.Members).Kind);
        Assert.Equal("has an HDR gain map", Assert.Single(NearWords.Of(group.Reasons)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Depth_counts_in_grey_colour_and_with_transparency(int channels)
    {
        var eight = Samples(channels, 8, (x, y) => Grain(x, y));
        var sixteen = MadePictures.Png(160, 200, channels, 16, Samples(channels, 16, (x, y) => (Grain(x, y) << 8) | ((x * 7) & 255)));
        var group = KeptFirst(sixteen, MadePictures.Png(160, 200, channels, 8, eight));
        Assert.Contains("16 bits a channel", NearWords.Of(group.Reasons));
    }

    [Fact]
    public void Sixteen_bits_that_say_no_more_than_eight_are_an_exact_copy()
    {
        var eight = MadePictures.Png(160, 200, 3, 8, Samples(3, 8, (x, y) => Grain(x, y)));
        var padded = MadePictures.Png(160, 200, 3, 16, Samples(3, 16, (x, y) => Grain(x, y) * 257));
        Assert.Equal(NearKind.Exact, Assert.Single(KeptFirst(eight, padded, firstIsNewer: false).Members).Kind);
    }

    [Fact]
    public void Two_deep_pictures_that_differ_in_their_low_bytes_are_not_exact_copies()
    {
        var one = MadePictures.Png(160, 200, 3, 16, Samples(3, 16, (x, y) => (Grain(x, y) << 8) | ((x * 7) & 255)));
        var other = MadePictures.Png(160, 200, 3, 16, Samples(3, 16, (x, y) => (Grain(x, y) << 8) | ((y * 5) & 255)));
        Assert.Equal(NearKind.ReEncode, Assert.Single(KeptFirst(one, other, firstIsNewer: false).Members).Kind);
    }

    [Fact]
    public void Where_all_that_is_shown_is_equal_the_copy_with_metadata_stays()
    {
        var bare = PictureWriter.Jpeg(Drawn);
        byte[] told = [.. bare[..2], 0xFF, 0xE1, 0, (byte)(Exif.Length + 2), .. Exif, .. bare[2..]];
        var group = KeptFirst(told, bare);
        Assert.Equal(NearKind.Exact, Assert.Single(group.Members).Kind);
        Assert.Contains("metadata", Assert.Single(NearWords.Of(group.Reasons)), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_pictures_that_differ_in_metadata_alone_are_exact_copies()
    {
        var bare = PictureWriter.Jpeg(Drawn.Resize(4100, 4000), 60);
        byte[] told = [.. bare[..2], 0xFF, 0xE1, 0, (byte)(Exif.Length + 2), .. Exif, .. bare[2..]];
        Assert.Equal(NearKind.Exact, Assert.Single(KeptFirst(told, bare).Members).Kind);
    }

    [Fact]
    public void Where_nothing_else_differs_the_oldest_stays()
    {
        var group = KeptFirst(PictureWriter.Png(Drawn), PictureWriter.WebP(Drawn, lossless: true), firstIsNewer: false);
        Assert.Equal(KeeperReason.SamePixels, Workspace.Catalog.Code.Read<KeeperReason>(group.Reasons[0].Code));
    }

    [Fact]
    public void Pictures_that_differ_only_on_a_dark_ground_both_stay()
    {
        // Black lines; in the second the white of the shape is painted, in the first it is clear.
        byte[] Draw(bool filled) => MadePictures.Png(160, 200, 4, 8, Rgba((x, y) =>
            Math.Abs(Math.Max(Math.Abs(x - 80), Math.Abs(y - 100)) - 50) < 3 || ((x * y) % 37 == 0 && x > 90) ? (byte)0 : (byte)255,
            (x, y, value) => value == 0 || (filled && Math.Max(Math.Abs(x - 80), Math.Abs(y - 100)) < 50) ? (byte)255 : (byte)0));

        var findings = Find([(Draw(filled: false), 0), (Draw(filled: true), 1)]);
        Assert.Empty(findings.Groups);
    }

    [Fact]
    public void The_transparent_picture_stays_before_its_flat_copy()
    {
        byte Value(int x, int y) => (byte)((((x / 9) * 31) ^ ((y / 7) * 57)) & 255);
        var clear = MadePictures.Png(160, 200, 4, 8, Rgba(Value, (x, y, _) => Math.Max(Math.Abs(x - 80), Math.Abs(y - 100)) < 70 ? (byte)255
            : (byte)0));
        var flat = PictureWriter.Png(Imaging.Reading.PictureReader.Decode(clear));
        Assert.Contains("keeps its transparency", NearWords.Of(KeptFirst(clear, flat).Reasons));
    }

    // The first is the newer one, and is to be kept all the same.
    private static NearGroup KeptFirst(byte[] first, byte[] second, bool firstIsNewer = true)
    {
        var group = Assert.Single(Find([(second, firstIsNewer ? 0 : 1), (first, firstIsNewer ? 1 : 0)]).Groups);
        Assert.Equal(1, group.Keeper);
        return group;
    }

    private static NearFindings Find(IReadOnlyList<(byte[] Bytes, int Day)> files) => new NearFinder(new NearOptions(), null, default)
        .Find([.. files.Select((file, i) => new NearInput(
            $"{i}", file.Bytes.Length, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(file.Day), () => file.Bytes))]);

    private static int Grain(int x, int y) => Drawn.Pixels[((y * 160) + x) * 3];

    private static byte[] Samples(int channels, int bits, Func<int, int, int> value)
    {
        var samples = new List<byte>();
        for (var y = 0; y < 200; y++)
        {
            for (var x = 0; x < 160; x++)
            {
                for (var c = 0; c < channels; c++)
                {
                    // Alpha changes from row to row, never to nothing.
                    var sample = c == 3 ? (bits == 8 ? 255 - (y / 2) : (255 - (y / 2)) * 257) : value(x, y);
                    if (bits == 16)
                        samples.Add((byte)(sample >> 8));
                    samples.Add((byte)sample);
                }
            }
        }

        return [.. samples];
    }

    private static byte[] Rgba(Func<int, int, byte> value, Func<int, int, byte, byte> alpha)
    {
        var samples = new byte[160 * 200 * 4];
        for (var i = 0; i < 160 * 200; i++)
        {
            var level = value(i % 160, i / 160);
            (samples[4 * i], samples[(4 * i) + 1], samples[(4 * i) + 2]) = (level, level, level);
            samples[(4 * i) + 3] = alpha(i % 160, i / 160, level);
        }

        return samples;
    }
}
