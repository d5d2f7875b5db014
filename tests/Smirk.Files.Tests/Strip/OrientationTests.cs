using Smirk.Files.Strip;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>A picture lies after strip as it did before, whatever its orientation tag looks like: odd ones stay as odd as they
/// were.</summary>
public sealed class OrientationTests
{
    private static readonly byte[] Jpeg = Planted.WithJfif(PictureWriter.Jpeg(Planted.Picture()),
        Planted.Segment(0xE0, "JFIF\0"u8.ToArray(), [1, 2, 0, 0, 1, 0, 1, 0, 0]));

    public static TheoryData<int, int, bool> Tags =>
        new MatrixTheoryData<int, int, bool>([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [0, 1, 2, 3, 5], [true, false]);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Strip_keeps_a_picture_as_it_lay_whatever_type_and_count_its_tag_has(int type, int count, bool littleEndian)
    {
        var exif = Tiff(type, count, 6, littleEndian);
        LiesAsBefore(InJpeg(exif));
        LiesAsBefore(InPng(exif));
        LiesAsBefore(InWebP(exif));
    }

    [Fact]
    public void Strip_keeps_the_entry_of_a_whole_number_as_it_stood()
    {
        foreach (var (type, count) in new[] { (3, 1), (3, 2), (8, 1), (9, 1), (4, 1), (6, 1), (1, 1), (3, 3) })
        {
            var stripped = Planted.JpegParts(MetadataStripper.Strip(InJpeg(Tiff(type, count, 6, false))).Bytes.ToArray())[1];
            Assert.Equal(stripped.Length, 4 + 6 + 26 + (count == 3 ? 6 : 0));
            Assert.Equal([1, 0x12, 0, (byte)type, 0, 0, 0, (byte)count], stripped[20..28]);
        }
    }

    [Fact]
    public void Strip_keeps_both_of_two_Exif_blocks_where_one_turns_the_picture()
    {
        byte[][] blocks = [Planted.Exif(1), Planted.Exif(6), Planted.Exif(8, littleEndian: true)];
        foreach (var first in blocks)
        {
            foreach (var second in blocks)
                LiesAsBefore(InJpeg(first, second));
        }

        Assert.Equal(Jpeg, MetadataStripper.Strip(InJpeg(blocks[0], blocks[0])).Bytes.ToArray());
        Assert.Equal(2, Planted.JpegParts(MetadataStripper.Strip(InJpeg(blocks[0], blocks[1])).Bytes.ToArray()).Count(p => p[1] == 0xE1));
    }

    [Fact]
    public void Strip_keeps_a_picture_as_it_lay_where_only_XMP_or_a_raw_profile_names_an_orientation()
    {
        var parts = Planted.JpegParts(Jpeg);
        LiesAsBefore(Planted.Join([parts[0], Planted.Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"u8.ToArray(), Xmp(6)), .. parts[1..]]));
        var png = Planted.PngParts(PictureWriter.Png(Planted.Picture()));
        LiesAsBefore(Planted.Join([.. png[..2], Planted.Chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0"u8.ToArray(), Xmp(6)), .. png[2..]]));
        foreach (var profile in new[] { "exif", "APP1" })
        {
            byte[] exif = [.. "Exif\0\0"u8, .. Planted.Exif(6)];
            var text = System.Text.Encoding.ASCII.GetBytes(
                $"Raw profile type {profile}\0\0\n{profile}\n{exif.Length,8}\n{Convert.ToHexStringLower(exif)}\n");
            LiesAsBefore(Planted.Join([.. png[..2], Planted.Chunk("tEXt", text), .. png[2..]]));
        }
    }

    [Fact]
    public void Strip_keeps_the_pictures_of_the_fault_folder_as_they_lay()
    {
        foreach (var file in Directory.GetFiles(TestData.Require("faults"), "orient-*.jpg"))
            LiesAsBefore(File.ReadAllBytes(file));
    }

    private static void LiesAsBefore(byte[] with)
    {
        var outcome = MetadataStripper.Strip(with);
        Assert.Null(outcome.Reason);
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(PictureReader.ReadHeader(with).Orientation, PictureReader.ReadHeader(outcome.Bytes.Span).Orientation);
        Assert.Equal(PictureReader.Decode(with).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
    }

    private static byte[] InJpeg(params byte[][] blocks)
    {
        var parts = Planted.JpegParts(Jpeg);
        return Planted.Join([parts[0], .. blocks.Select(b => Planted.Segment(0xE1, "Exif\0\0"u8.ToArray(), b)), .. parts[1..]]);
    }

    private static byte[] InPng(byte[] exif)
    {
        var parts = Planted.PngParts(PictureWriter.Png(Planted.Picture()));
        return Planted.Join([.. parts[..2], Planted.Chunk("eXIf", exif), .. parts[2..]]);
    }

    private static byte[] InWebP(byte[] exif)
    {
        var still = Planted.WebPParts(PictureWriter.WebP(Planted.Picture(), lossless: true));
        return Planted.WebP([Planted.WebPChunk("VP8X", [8, 0, 0, 0, 23, 0, 0, 15, 0, 0]), .. still, Planted.WebPChunk("EXIF", exif)]);
    }

    private static byte[] Xmp(int orientation) => System.Text.Encoding.UTF8.GetBytes(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
            + $"xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='{orientation}'/></rdf:RDF></x:xmpmeta>");

    // One tag, its values all the same; those that don't fit into the entry stand behind the directory.
    private static byte[] Tiff(int type, int count, int value, bool littleEndian)
    {
        var size = type switch { 3 or 8 => 2, 4 or 5 or 9 or 10 => 4, _ => 1 };
        byte[] Number(int v, int bytes)
        {
            var all = littleEndian ? Planted.LittleEndian(v) : Planted.BigEndian(v);
            return littleEndian ? all[..bytes] : all[^bytes..];
        }

        byte[] one = [.. Number(type == 2 ? '0' + value : value, size), .. type is 5 or 10 ? Number(1, size) : []];
        byte[] values = [.. Enumerable.Range(0, count).SelectMany(_ => one)];
        byte[] field = values.Length > 4 ? Number(26, 4) : [.. values, .. new byte[4 - values.Length]];
        return
        [
            .. littleEndian ? "II"u8 : "MM"u8, .. Number(42, 2), .. Number(8, 4), .. Number(1, 2), .. Number(0x0112, 2), .. Number(type, 2),
            .. Number(count, 4), .. field, .. Number(0, 4), .. values.Length > 4 ? values : [],
        ];
    }
}
