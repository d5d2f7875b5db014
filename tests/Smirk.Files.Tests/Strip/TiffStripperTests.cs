using Smirk.Files.Strip;
using Smirk.Imaging.Reading;

namespace Smirk.Files.Tests.Strip;

public sealed class TiffStripperTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 48 * 3).Select(i => (byte)(i * 5))];

    public static TheoryData<bool, bool, int> Shapes => new MatrixTheoryData<bool, bool, int>([true, false], [true, false], [1, 3]);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Strip_takes_tags_out_and_leaves_every_byte_of_the_pictures_where_it_is(bool little, bool big, int pages)
    {
        var file = Make(little, big, pages);
        var before = PictureReader.Decode(file);
        Assert.Equal(Pixels, before.Pixels);
        var outcome = MetadataStripper.Strip(file);
        Assert.Equal((StripStatus.Stripped, null), (outcome.Status, outcome.Reason));
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(before.Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        Assert.Equal(pages, PictureReader.ReadHeader(outcome.Bytes.Span).Frames);
        Assert.Equal(["Exif", "GPS", "IPTC and Photoshop", "XMP", "descriptions (camera, date, author)", "other tags"],
            outcome.Removed.Select(r => r.Name));
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(outcome.Bytes).Status);
    }

    [Fact]
    public void The_orientation_stays_unless_asked()
    {
        var file = Make(true, false, 1, orientation: 6);
        Assert.Equal((6, 1), (Turn(MetadataStripper.Strip(file)),
            Turn(MetadataStripper.Strip(file, new StripOptions { DropOrientation = true }))));

        static int Turn(StripOutcome outcome) => PictureReader.ReadHeader(outcome.Bytes.Span).Orientation;
    }

    [Theory]
    [InlineData("plain.tif")]
    [InlineData("tiled.tif")]
    [InlineData("cmyk.tif")]
    [InlineData("lab.tif")]
    [InlineData("float.tif")]
    [InlineData("sixteen.tif")]
    public void Real_files_are_decoded_to_the_same_pixels_after_exiftool_wrote_into_them(string name)
    {
        using var folder = new TemporaryFolder();
        var bare = File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name));
        var file = folder.Write(name, bare);
        Assert.SkipWhen(StripFolder.Run("exiftool", "-q", "-overwrite_original", "-GPSLatitude=48.85", "-Artist=canary-7f3a91c2",
            "-XMP:Title=canary-7f3a91c2", "-UserComment=canary-7f3a91c2", file) is null, "exiftool isn't here");
        var with = File.ReadAllBytes(file);
        var outcome = MetadataStripper.Strip(with);
        Assert.Null(outcome.Reason);
        Assert.True(Planted.HasCanary(with) && !Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(PictureReader.Decode(bare).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        File.WriteAllBytes(file, outcome.Bytes.Span);
        Assert.Equal("", StripFolder.Run("exiftool", "-q", "-ExifIFD:all", "-XMP:all", "-GPS:all", "-Artist", file)?.Trim());
    }

    [Fact]
    public void What_cannot_be_told_for_certain_is_refused()
    {
        var file = Make(true, false, 1);
        (ushort, byte, string)[] changes = [(279, 0, "how long"), (273, 255, "cut short"), (259, 6, "old TIFF")];
        foreach (var (tag, value, words) in changes)
        {
            var broken = file.ToArray();
            var at = EntryOf(broken, tag);
            broken[at + 8] = value;
            broken[at + 9] = value == 255 ? value : (byte)0;
            Assert.Contains(words, MetadataStripper.Strip(broken).Reason, StringComparison.Ordinal);
        }

        var raw = file.ToArray();
        BitConverter.TryWriteBytes(raw.AsSpan(EntryOf(raw, 0xFE00)), (ushort)50706);
        Assert.Contains("DNG", MetadataStripper.Strip(raw).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_or_changed_anywhere_never_loses_its_picture()
    {
        var file = Make(true, false, 1);
        for (var length = 8; length < file.Length; length += 3)
            Check(file[..length]);
        for (var at = 4; at < file.Length; at++)
        {
            var broken = file.ToArray();
            broken[at] ^= (byte)(1 << (at % 8));
            Check(broken);
        }

        static void Check(byte[] bytes)
        {
            var outcome = MetadataStripper.Strip(bytes);
            if (outcome.Status == StripStatus.Refused || Decoded(bytes) is not { } before)
                return;
            Assert.Equal(before, Decoded(outcome.Bytes.ToArray()));
        }

        static byte[]? Decoded(byte[] bytes)
        {
            try
            {
                return PictureReader.Decode(bytes).Pixels;
            }
            catch (UnusablePictureException)
            {
                return null;
            }
        }
    }

    // Where an entry of a little-endian file's first directory stands.
    private static int EntryOf(byte[] file, ushort tag)
    {
        var at = BitConverter.ToInt32(file, 4);
        for (var i = 0; i < BitConverter.ToUInt16(file, at); i++)
        {
            if (BitConverter.ToUInt16(file, at + 2 + (i * 12)) == tag)
                return at + 2 + (i * 12);
        }

        throw new InvalidOperationException("no such tag");
    }

    // 8 × 6 pixels a page, metadata of all kinds between its parts, and bytes of nobody.
    private static byte[] Make(bool little, bool big, int pages, int orientation = 1)
    {
        var file = new List<byte>();
        byte[] Number(long v, int size)
        {
            var all = Enumerable.Range(0, size).Select(i => (byte)(v >> (8 * i))).ToArray();
            return little ? all : [.. all.Reverse()];
        }

        var place = big ? 8 : 4;
        file.AddRange(little ? "II"u8 : "MM"u8);
        file.AddRange(Number(big ? 43 : 42, 2));
        if (big)
            file.AddRange([.. Number(8, 2), .. Number(0, 2)]);
        var nextAt = file.Count;
        file.AddRange(new byte[place]);
        for (var page = 0; page < pages; page++)
        {
            file.AddRange(Planted.Canary);
            var pixels = Put(Pixels);
            var canary = Put(Planted.Canary);
            var exif = Put(Directory([(0x9286, 7, Planted.Canary.Length, canary)], 0));
            List<(int, int, long, long)> tags =
            [
                (256, 3, 1, 8), (257, 3, 1, 6), (258, 3, 3, Put([.. Number(8, 2), .. Number(8, 2), .. Number(8, 2)])), (259, 3, 1, 1),
                (262, 3, 1, 2), (270, 2, Planted.Canary.Length, canary), (271, 2, Planted.Canary.Length, canary), (273, 4, 1, pixels),
                (274, 3, 1, orientation), (277, 3, 1, 3), (278, 3, 1, 6), (279, 4, 1, Pixels.Length),
                (700, 1, Planted.Canary.Length, canary),
                (33723, 7, Planted.Canary.Length, canary), (34665, 4, 1, exif), (34853, 4, 1, exif),
                (0xFE00, 7, Planted.Canary.Length, canary),
            ];
            var at = Put(Directory(tags, 0), even: true);
            var bytes = Number(at, place);
            for (var i = 0; i < place; i++)
                file[nextAt + i] = bytes[i];
            nextAt = file.Count - place;
        }

        file.AddRange(Planted.Canary);
        return [.. file];

        long Put(byte[] bytes, bool even = false)
        {
            if (even && file.Count % 2 == 1)
                file.Add(7);
            file.AddRange(bytes);
            return file.Count - bytes.Length;
        }

        byte[] Directory(List<(int Tag, int Type, long Count, long Value)> tags, long next) =>
        [
            .. Number(tags.Count, big ? 8 : 2),
            .. tags.SelectMany(t => (byte[])
                [.. Number(t.Tag, 2), .. Number(t.Type, 2), .. Number(t.Count, place), .. Value(t.Type, t.Count, t.Value)]),
            .. Number(next, place),
        ];

        byte[] Value(int type, long count, long value)
        {
            // BigTIFF has room for three short numbers in the entry itself.
            if (big && type == 3 && count == 3)
                return [.. Number(8, 2), .. Number(8, 2), .. Number(8, 2), 0, 0];
            var size = count == 1 && type == 3 ? 2 : type == 4 ? 4 : place;
            return [.. Number(value, size), .. new byte[place - size]];
        }
    }
}
