using System.Buffers.Binary;
using System.Text;
using Smirk.Files.Strip;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>What phones put behind a JPEG's end: gain maps and further views stay without their metadata, videos go unless they are asked
/// for.</summary>
public sealed class JpegPartsTests
{
    private const string Head = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";
    private const string Tail = "</rdf:RDF></x:xmpmeta>";
    private const string Hdr = "xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\"";

    private static readonly string Canary = Encoding.ASCII.GetString(Planted.Canary);
    private static readonly byte[] Primary = PictureWriter.Jpeg(Planted.Picture(width: 80));
    private static readonly byte[] Small = PictureWriter.Jpeg(Planted.Picture(width: 32, shift: 60));

    [Fact]
    public void The_gain_map_of_a_file_stays()
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestData.Require("faults"), "gainmap.jpg"));
        var stripped = MetadataStripper.Strip(bytes);
        Assert.False(JpegTrailer.GainMapOf(stripped.Bytes.Span).IsEmpty);
        Assert.Contains("GainMapMax=\"2.0\"", Text(stripped), StringComparison.Ordinal);
        CheckIndex(stripped.Bytes.Span);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes).Status);
        Assert.Equal(PictureReader.Decode(bytes).Pixels, PictureReader.Decode(stripped.Bytes.Span).Pixels);
    }

    public static TheoryData<string> Kinds => ["ultra hdr", "ultra hdr of three colours", "iso", "apple"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gain_maps_stay_and_their_metadata_go(string kind)
    {
        var (primary, map) = HdrPicture(kind);
        var file = Assemble(primary, map);
        Assert.True(Planted.HasCanary(file));
        var stripped = MetadataStripper.Strip(file);
        Assert.Equal(StripStatus.Stripped, stripped.Status);
        Assert.False(Planted.HasCanary(stripped.Bytes.Span), Text(stripped));
        var kept = JpegTrailer.GainMapOf(stripped.Bytes.Span);
        Assert.Equal(PictureReader.Decode(map).Pixels, PictureReader.Decode(kept).Pixels);
        CheckIndex(stripped.Bytes.Span);
        foreach (var parameter in Parameters(kind))
            Assert.Contains(parameter, Text(stripped), StringComparison.Ordinal);
        if (kind.StartsWith("ultra", StringComparison.Ordinal))
            Assert.Contains($"Item:Semantic=\"GainMap\" Item:Mime=\"image/jpeg\" Item:Length=\"{kept.Length}\"", Text(stripped),
                StringComparison.Ordinal);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes).Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Asked_to_strip_drops_the_gain_map_by_its_name(string kind)
    {
        var (primary, map) = HdrPicture(kind);
        var stripped = MetadataStripper.Strip(Assemble(primary, map), new StripOptions { DropGainMap = true });
        Assert.Contains("gain map", stripped.Removed.Select(r => r.Name));
        Assert.Equal(Primary, stripped.Bytes.ToArray());
    }

    [Fact]
    public void Both_views_of_a_stereo_picture_stay()
    {
        var file = Assemble(Primary, [.. Small[..2], .. Planted.Segment(0xFE, Planted.Canary), .. Small[2..]], attribute: 0x020002);
        var stripped = MetadataStripper.Strip(file);
        Assert.False(Planted.HasCanary(stripped.Bytes.Span));
        Assert.EndsWith(Convert.ToHexString(Small), Convert.ToHexString(stripped.Bytes.Span), StringComparison.Ordinal);
        CheckIndex(stripped.Bytes.Span);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes).Status);
    }

    [Theory]
    [InlineData(0x010002u, "preview (MPF)")]
    [InlineData(0x000000u, "further pictures after the end")]
    public void Previews_and_unknown_pictures_go(uint attribute, string name)
    {
        var stripped = MetadataStripper.Strip(Assemble(Primary, Small, attribute));
        Assert.Contains(name, stripped.Removed.Select(r => r.Name));
        Assert.Equal(Primary, stripped.Bytes.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_video_of_a_motion_photo_goes_by_its_name(bool padded)
    {
        byte[] file = [.. Primary, .. padded ? new byte[40] : [], .. Video(), .. "SEFT"u8];
        var stripped = MetadataStripper.Strip(file);
        Assert.Contains("video (Motion Photo)", stripped.Removed.Select(r => r.Name));
        Assert.Equal(Primary, stripped.Bytes.ToArray());
    }

    [Fact]
    public void The_video_stays_where_that_is_asked_for_without_its_metadata()
    {
        var xmp = Xmp($"{Head}<rdf:Description xmlns:GCamera=\"http://ns.google.com/photos/1.0/camera/\" GCamera:MotionPhoto=\"1\" "
            + $"GCamera:MotionPhotoPresentationTimestampUs=\"900123\" GCamera:Note=\"{Canary}\"/>{Tail}");
        byte[] file = [.. Primary[..2], .. xmp, .. Primary[2..], .. Video()];
        var options = new StripOptions { KeepMotion = true };
        var stripped = MetadataStripper.Strip(file, options);
        Assert.False(Planted.HasCanary(stripped.Bytes.Span));
        var video = stripped.Bytes.Span[JpegTrailer.EndOf(stripped.Bytes.Span)..];
        Assert.Equal(Video().Length, video.Length);
        Assert.True(video.IndexOf("pictures"u8) > 0 && video.IndexOf("sound"u8) > 0);
        Assert.Contains("MotionPhotoPresentationTimestampUs=\"900123\"", Text(stripped), StringComparison.Ordinal);
        Assert.Contains($"Item:Semantic=\"MotionPhoto\" Item:Mime=\"video/mp4\" Item:Length=\"{video.Length}\"", Text(stripped),
            StringComparison.Ordinal);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes, options).Status);
    }

    [Fact]
    public void A_video_without_a_word_in_the_picture_is_announced_when_it_stays()
    {
        var options = new StripOptions { KeepMotion = true };
        var stripped = MetadataStripper.Strip((byte[])[.. Primary, .. Video()], options);
        Assert.Contains("GCamera:MotionPhoto=\"1\"", Text(stripped), StringComparison.Ordinal);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes, options).Status);
    }

    [Fact]
    public void Gain_map_and_video_stay_beside_each_other()
    {
        var (primary, map) = HdrPicture("ultra hdr");
        byte[] file = [.. Assemble(primary, map), .. Video()];
        var options = new StripOptions { KeepMotion = true };
        var stripped = MetadataStripper.Strip(file, options);
        Assert.False(Planted.HasCanary(stripped.Bytes.Span));
        var kinds = JpegTrailer.Read(stripped.Bytes.Span[JpegTrailer.EndOf(stripped.Bytes.Span)..]).Select(part => part.Kind);
        Assert.Equal([TrailerPart.GainMap, TrailerPart.Video], kinds);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(stripped.Bytes, options).Status);
    }

    [Fact]
    public void Whatever_is_broken_in_a_part_the_picture_is_stripped()
    {
        var (primary, map) = HdrPicture("ultra hdr of three colours");
        byte[] whole = [.. Assemble(primary, map), .. Video()];
        var (start, random) = (JpegTrailer.EndOf(whole), new Random(4));
        for (var i = 0; i < 400; i++)
        {
            var broken = whole.ToArray();
            for (var flip = 0; flip < 3; flip++)
                broken[random.Next(start, broken.Length)] = (byte)random.Next(256);
            var stripped = MetadataStripper.Strip(broken.AsMemory(0, random.Next(start, broken.Length)),
                new StripOptions { KeepMotion = i % 2 == 0 });
            Assert.NotEqual(StripStatus.Refused, stripped.Status);
            Assert.Equal(PictureReader.Decode(Primary).Pixels, PictureReader.Decode(stripped.Bytes.Span).Pixels);
        }
    }

    private static (byte[] Primary, byte[] Map) HdrPicture(string kind)
    {
        var note = Planted.Segment(0xFE, Planted.Canary);
        byte[] iso = [.. "urn:iso:std:iso:ts:21496:-1\0"u8, 0, 0, 0, 0];
        var (ofPrimary, ofMap) = kind switch
        {
            "iso" => (Planted.Segment(0xE2, iso), Planted.Segment(0xE2, iso, [.. Enumerable.Repeat((byte)7, 57)])),
            "apple" => (Array.Empty<byte>(), Xmp($"{Head}<rdf:Description xmlns:HDRGainMap=\"http://ns.apple.com/HDRGainMap/1.0/\" "
                + "xmlns:apdi=\"http://ns.apple.com/pixeldatainfo/1.0/\"><apdi:AuxiliaryImageType>urn:com:apple:photo:2020:aux:hdrgainmap"
                + "</apdi:AuxiliaryImageType><HDRGainMap:HDRGainMapVersion>131072</HDRGainMap:HDRGainMapVersion>"
                + $"<apdi:Owner>{Canary}</apdi:Owner></rdf:Description>{Tail}")),
            "ultra hdr" => (Xmp($"{Head}<rdf:Description {Hdr} hdrgm:Version=\"1.0\" hdrgm:Owner=\"{Canary}\"/>{Tail}"),
                Xmp($"{Head}<rdf:Description {Hdr} hdrgm:Version=\"1.0\" hdrgm:GainMapMax=\"2.25\" hdrgm:BaseRenditionIsHDR=\"False\" "
                    + $"hdrgm:Owner=\"{Canary}\"/>{Tail}")),
            _ => (Xmp($"{Head}<rdf:Description {Hdr} hdrgm:Version=\"1.0\"/>{Tail}"),
                Xmp($"{Head}<rdf:Description {Hdr} hdrgm:Version=\"1.0\"><hdrgm:GainMapMax><rdf:Seq><rdf:li>1.5</rdf:li>"
                    + $"<rdf:li>2.5</rdf:li><rdf:li>3.5</rdf:li></rdf:Seq></hdrgm:GainMapMax>"
                    + $"<hdrgm:Gamma>{Canary}</hdrgm:Gamma></rdf:Description>{Tail}")),
        };
        return ([.. Primary[..2], .. ofPrimary, .. note, .. Primary[2..]], [.. Small[..2], .. ofMap, .. note, .. Small[2..]]);
    }

    private static string[] Parameters(string kind) => kind switch
    {
        "iso" => ["urn:iso:std:iso:ts:21496:-1"],
        "apple" => ["HDRGainMapVersion=\"131072\"", "aux:hdrgainmap"],
        "ultra hdr" => ["hdrgm:GainMapMax=\"2.25\"", "hdrgm:BaseRenditionIsHDR=\"False\""],
        _ => ["<rdf:li>1.5</rdf:li><rdf:li>2.5</rdf:li><rdf:li>3.5</rdf:li>"],
    };

    // An index of two pictures, little-endian as cameras write it.
    private static byte[] Assemble(byte[] primary, byte[] second, uint attribute = 0)
    {
        byte[] Index(int primaryLength, int offset) => Planted.Segment(0xE2, "MPF\0II*\0"u8.ToArray(), Four(8), [3, 0],
            [0x00, 0xB0, 7, 0], Four(4), "0100"u8.ToArray(), [0x01, 0xB0, 4, 0], Four(1), Four(2), [0x02, 0xB0, 7, 0], Four(32), Four(50),
            Four(0), Four(0x030000), Four(primaryLength), Four(0), Four(0), Four((int)attribute),
            Four(second.Length), Four(offset), Four(0));

        var index = Index(0, 0);
        var length = primary.Length + index.Length;
        return [.. primary[..2], .. Index(length, length - 2 - 8), .. primary[2..], .. second];
    }

    // Each picture in the index begins where it says and is as long.
    private static void CheckIndex(ReadOnlySpan<byte> file)
    {
        var at = file.IndexOf("MPF\0MM\0*"u8) + 4;
        Assert.True(at > 4);
        var entries = file[(at + 50)..];
        var primary = BinaryPrimitives.ReadInt32BigEndian(entries[4..]);
        var (length, offset) = (BinaryPrimitives.ReadInt32BigEndian(entries[20..]), BinaryPrimitives.ReadInt32BigEndian(entries[24..]));
        Assert.Equal(JpegTrailer.EndOf(file), primary);
        Assert.True(file[(at + offset)..].StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]));
        Assert.Equal(JpegTrailer.EndOf(file[(at + offset)..]), length);
    }

    // An MP4 with a place, times, and a track of metadata whose samples lie between those of picture and sound.
    private static byte[] Video()
    {
        byte[] Track(string handler, int place, int size) => Box("trak", Box("tkhd", [0, 0, 0, 7, .. "2024"u8, .. "2025"u8]), Box("mdia",
            Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(handler), .. new byte[12], .. Planted.Canary]),
            Box("minf", Box("stbl", Box("stsz", [.. Big(0), .. Big(0), .. Big(1), .. Big(size)]),
                Box("stsc", [.. Big(0), .. Big(1), .. Big(1), .. Big(1), .. Big(1)]),
                Box("stco", [.. Big(0), .. Big(1), .. Big(place)])))));

        var start = Box("ftyp", [.. "mp42"u8, .. Big(0), .. "mp42"u8]);
        byte[] samples = [.. "pictures"u8, .. Planted.Canary, .. "sound"u8];
        var at = start.Length + 8;
        return
        [
            .. start, .. Box("mdat", samples),
            .. Box("moov", Box("mvhd", [0, 0, 0, 0, .. "2024"u8, .. "2025"u8, .. Big(1000)]), Track("vide", at, 8),
                Track("soun", at + 8 + Planted.Canary.Length, 5), Track("mett", at + 8, Planted.Canary.Length),
                Box("udta", Box("©xyz", Planted.Canary))),
            .. Box("uuid", Planted.Canary),
        ];
    }

    private static byte[] Box(string type, params byte[][] content)
    {
        byte[] all = [.. content.SelectMany(c => c)];
        return [.. Big(all.Length + 8), .. Encoding.Latin1.GetBytes(type), .. all];
    }

    private static byte[] Xmp(string text) =>
        Planted.Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0"u8.ToArray(), Encoding.UTF8.GetBytes(text));

    private static string Text(StripOutcome outcome) => Encoding.Latin1.GetString(outcome.Bytes.Span);

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Four(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];
}
