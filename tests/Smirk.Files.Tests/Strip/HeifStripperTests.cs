using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Strip;
using Smirk.Imaging.Reading;
using static Smirk.Files.Tests.Strip.PlantedBoxes;

namespace Smirk.Files.Tests.Strip;

public sealed class HeifStripperTests
{
    private static readonly byte[] Picture = Encoding.ASCII.GetBytes("the coded picture, byte by byte");
    private static readonly byte[] Tile = Encoding.ASCII.GetBytes("a tile of it");
    private static readonly byte[] Exif = [0, 0, 0, 6, .. "Exif\0\0"u8, .. Planted.Exif(6)];

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Strip_removes_items_of_metadata_and_leaves_those_of_pictures(int version, bool inData)
    {
        foreach (var dataFirst in new[] { true, false })
        {
            var file = Make(version, inData, dataFirst);
            var outcome = MetadataStripper.Strip(file);
            Assert.Equal((StripStatus.Stripped, null), (outcome.Status, outcome.Reason));
            var after = outcome.Bytes.ToArray();
            Assert.False(Planted.HasCanary(after));
            Assert.Equal(new Dictionary<int, string> { [1] = Encoding.ASCII.GetString(Picture), [4] = Encoding.ASCII.GetString(Tile) },
                ItemsOf(after, version));
            Assert.Equal(["Exif", "XMP"], outcome.Removed.Select(r => r.Name).Intersect(["Exif", "XMP"]).Order());
            Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(after).Status);
        }
    }

    [Theory]
    [InlineData("picture.heic")]
    [InlineData("picture.avif")]
    public void Real_pictures_are_decoded_to_the_same_pixels_after_exiftool_wrote_into_them(string name)
    {
        using var folder = new TemporaryFolder();
        var bare = File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name));
        Assert.Null(MetadataStripper.Strip(bare).Reason);
        var file = folder.Write(name, bare);
        Assert.SkipWhen(StripFolder.Run("exiftool", "-q", "-overwrite_original", "-GPSLatitude=48.85", "-GPSLatitudeRef=N",
            "-Artist=canary-7f3a91c2", "-XMP:Title=canary-7f3a91c2", file) is null, "exiftool isn't here");
        var with = File.ReadAllBytes(file);
        Assert.True(Planted.HasCanary(with));
        var listed = StripStage.Run(new StripStageOptions { Paths = [RawPath.FromText(file)], Describe = true }).Files.Single().Carried!;
        Assert.Equal("canary-7f3a91c2", listed.Author);
        var outcome = MetadataStripper.Strip(with);
        Assert.Null(outcome.Reason);
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(PictureReader.Decode(bare).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        File.WriteAllBytes(file, outcome.Bytes.Span);
        Assert.Equal("", StripFolder.Run("exiftool", "-q", "-EXIF:all", "-XMP:all", "-GPS:all", file)?.Trim());
        Assert.Equal("", StripFolder.Run("exiftool", "-q", "-q", "-warning", "-error", file)?.Trim());
    }

    [Fact]
    public void Orientation_and_profile_go_when_asked_and_stay_otherwise()
    {
        var file = Make(1, false, true, [Box("irot", [1]), Box("colr", "prof"u8.ToArray(), new byte[200]), Box("udes", Planted.Canary)]);
        var usual = MetadataStripper.Strip(file);
        Assert.False(Planted.HasCanary(usual.Bytes.Span));
        Assert.True(usual.Bytes.Span.IndexOf("irot"u8) > 0 && usual.Bytes.Span.IndexOf("prof"u8) > 0);
        var bare = MetadataStripper.Strip(file, new StripOptions { DropIcc = true, DropOrientation = true });
        Assert.Null(bare.Reason);
        Assert.True(bare.Bytes.Span.IndexOf("irot"u8) < 0 && bare.Bytes.Span.IndexOf("prof"u8) < 0);
        Assert.Equal(2, ItemsOf(bare.Bytes.ToArray(), 1).Count);
    }

    [Fact]
    public void A_file_that_is_cut_short_anywhere_is_refused_or_keeps_its_pictures()
    {
        foreach (var dataFirst in new[] { true, false })
        {
            var file = Make(1, true, dataFirst);
            for (var length = 12; length < file.Length; length++)
            {
                var outcome = MetadataStripper.Strip(file.AsMemory(0, length));
                if (outcome.Status != StripStatus.Refused)
                    Assert.Equal(2, ItemsOf(outcome.Bytes.ToArray(), 1).Count);
            }
        }
    }

    [Fact]
    public void Any_byte_changed_is_refused_or_stripped_without_a_fault()
    {
        var file = Make(1, true, false);
        for (var at = 8; at < file.Length; at++)
        {
            foreach (var change in new byte[] { 0x01, 0x80, 0xFF })
            {
                var broken = file.ToArray();
                broken[at] ^= change;
                MetadataStripper.Strip(broken);
            }
        }
    }

    // Item 1 is the picture in two runs, 2 Exif, 3 XMP, 4 a tile (in idat where asked); bytes of nobody lie between.
    private static byte[] Make(int version, bool inData, bool dataFirst, params byte[][] properties)
    {
        byte[] Entry(int id, string type, params byte[][] more) =>
            Full("infe", 2, 0, U16(id), U16(0), Encoding.ASCII.GetBytes(type), [.. more.SelectMany(m => m)]);

        // Canaries: before, between and behind.
        byte[] junk = Planted.Canary;
        byte[] data = [.. junk, .. Picture[..10], .. Exif, .. Picture[10..], .. Planted.Canary, .. Tile, .. junk];
        var (one, exif, two) = (junk.Length, junk.Length + 10, junk.Length + 10 + Exif.Length);
        var xmp = two + Picture.Length - 10;
        var tile = xmp + Planted.Canary.Length;
        byte[] idat = [.. Planted.Canary, .. Tile];
        byte[] all = version == 0 && inData ? throw new ArgumentException("version 0 has no idat") : data;

        byte[] Meta(int at)
        {
            byte[] Place(int id, int method, params (int At, int Length)[] runs) =>
            [
                .. version < 2 ? U16(id) : U32(id), .. version == 0 ? [] : U16(method), .. U16(0), .. U16(runs.Length),
                .. runs.SelectMany(r => (byte[])[.. U32(r.At + (method == 0 ? at : 0)), .. U32(r.Length)]),
            ];
            byte[] list = properties.Length == 0 ? Box("ispe", new byte[12]) : [.. properties.SelectMany(p => p)];
            var count = Math.Max(1, properties.Length);
            return Full("meta", 0, 0,
                Full("hdlr", 0, 0, U32(0), "pict"u8.ToArray(), new byte[12], Planted.Canary, [0]),
                Full("pitm", 0, 0, U16(1)),
                Full("iinf", 0, 0, U16(4), Entry(1, "hvc1", Planted.Canary, [0]), Entry(2, "Exif", [0]),
                    Entry(3, "mime", [0], Text("application/rdf+xml")), Entry(4, "hvc1", [0])),
                Full("iref", 0, 0, Box("cdsc", U16(2), U16(1), U16(1)), Box("cdsc", U16(3), U16(1), U16(1)),
                    Box("thmb", U16(4), U16(1), U16(1))),
                Box("iprp", Box("ipco", list), Full("ipma", 0, 0, U32(2),
                    U16(1), [(byte)count, .. Enumerable.Range(1, count).Select(i => (byte)i)], U16(2), [1, 1])),
                Box("uuid", new byte[16], Planted.Canary),
                Full("iloc", version, 0, [0x44, 0x00], version < 2 ? U16(4) : U32(4), Place(1, 0, (one, 10), (two, Picture.Length - 10)),
                    Place(2, 0, (exif, Exif.Length)), Place(3, 0, (xmp, Planted.Canary.Length)),
                    inData ? Place(4, 1, (Planted.Canary.Length, Tile.Length)) : Place(4, 0, (tile, Tile.Length))),
                inData ? Box("idat", idat) : []);
        }

        var start = Box("ftyp", "heic"u8.ToArray(), U32(0), "mif1heic"u8.ToArray());
        var length = Meta(0).Length;
        return dataFirst ? [.. start, .. Box("mdat", all), .. Meta(start.Length + 8), .. Planted.Canary]
            : [.. start, .. Box("free", Planted.Canary),
                .. Meta(start.Length + 8 + Planted.Canary.Length + length + 8), .. Box("mdat", all)];
    }

    // What the file's own index gives for each item.
    private static Dictionary<int, string> ItemsOf(byte[] file, int version)
    {
        var meta = Find(file, "meta")![4..];
        var (iloc, idat) = (Find(meta, "iloc")!, Find(meta, "idat"));
        var items = new Dictionary<int, string>();
        var at = version < 2 ? 8 : 10;
        for (var left = Number(6, version < 2 ? 2 : 4); left > 0; left--)
        {
            var id = Take(version < 2 ? 2 : 4);
            var method = version == 0 ? 0 : Take(2);
            Take(2);
            var text = "";
            for (var runs = Take(2); runs > 0; runs--)
            {
                var (place, length) = (Take(4), Take(4));
                text += Encoding.ASCII.GetString(method == 1 ? idat! : file, place, length);
            }

            items[id] = text;
        }

        return items;

        int Take(int size) => Number((at += size) - size, size);

        int Number(int from, int size) => iloc.AsSpan(from, size).ToArray().Aggregate(0, (sum, b) => (sum << 8) | b);
    }
}
