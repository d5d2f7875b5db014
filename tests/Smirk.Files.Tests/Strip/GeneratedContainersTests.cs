using FsCheck;
using FsCheck.Fluent;
using Smirk.Files.Strip;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

/// <summary>Containers whose parts come in random order and number, whole, cut short and damaged.</summary>
public sealed class GeneratedContainersTests
{
    private static readonly Dictionary<PictureFormat, byte[]> Bare = new()
    {
        [PictureFormat.Jpeg] = PictureWriter.Jpeg(Planted.Picture()),
        [PictureFormat.Png] = PictureWriter.Png(Planted.Picture()),
        [PictureFormat.WebP] = PictureWriter.AnimatedWebP([Planted.Picture(), Planted.Picture(shift: 77)], 50),
        [PictureFormat.Gif] = PictureWriter.AnimatedGif([Planted.Picture(), Planted.Picture(shift: 77)], 50),
    };

    /// <summary>The formats.</summary>
    public static TheoryData<PictureFormat> Formats => [.. Bare.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Strip_finds_the_picture_among_whatever_stands_around_it(PictureFormat format)
    {
        var hiding = HidingPlaces(format);
        var parts = Parts(format);
        var pixels = PictureReader.Decode(Bare[format]).Pixels;
        // A PNG has IHDR behind its signature, whatever else comes.
        var first = format == PictureFormat.Png ? 2 : 1;
        var planted = Gen.ListOf(Gen.Zip(Gen.Choose(0, hiding.Count - 1), Gen.Choose(first, parts.Count))).ToArbitrary();
        Prop.ForAll(planted, list =>
        {
            var crowd = new List<byte[]>(parts);
            foreach (var (what, place) in list)
                crowd.Insert(Math.Min(place, crowd.Count), hiding[what]);
            var bytes = Whole(format, crowd);
            var once = MetadataStripper.Strip(bytes);
            return once.Status != StripStatus.Refused && !Planted.HasCanary(once.Bytes.Span)
                && MetadataStripper.Strip(once.Bytes).Status == StripStatus.Clean
                && PictureReader.Decode(once.Bytes.Span).Pixels.AsSpan().SequenceEqual(pixels);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(12));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Strip_refuses_a_file_cut_short_at_any_byte_that_the_picture_needs(PictureFormat format)
    {
        var pixels = PictureReader.Decode(Bare[format]).Pixels;
        var bytes = Whole(format, [.. Parts(format)[..1], HidingPlaces(format)[0], .. Parts(format)[1..]]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var outcome = MetadataStripper.Strip(bytes.AsMemory(0, length));
            Assert.True(outcome.Status == StripStatus.Refused ? outcome.Bytes.Length == length
                : !Planted.HasCanary(outcome.Bytes.Span) && PictureReader.Decode(outcome.Bytes.Span).Pixels.AsSpan().SequenceEqual(pixels),
                $"{format} cut to {length} of {bytes.Length} bytes: {outcome.Status}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Strip_refuses_or_strips_once_and_for_all_whatever_a_byte_becomes(PictureFormat format)
    {
        var bytes = Whole(format, [.. Parts(format)[..1], .. HidingPlaces(format), .. Parts(format)[1..]]);
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var change in (byte[])[0x01, 0x80, 0xFF])
            {
                var copy = (byte[])bytes.Clone();
                copy[at] ^= change;
                var once = MetadataStripper.Strip(copy);
                if (once.Status == StripStatus.Refused)
                    Assert.True(once.Bytes.Span.SequenceEqual(copy));
                else
                    Assert.True(MetadataStripper.Strip(once.Bytes).Status == StripStatus.Clean, $"{format} with {change:X2} at {at}");
            }
        }
    }

    [Fact]
    public void Strip_never_throws_for_any_bytes_behind_a_signature() => Prop.ForAll<byte[], int>((bytes, which) =>
    {
        byte[][] heads = [[0xFF, 0xD8, 0xFF], [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [.. "RIFF\0\0\0\0WEBP"u8], [.. "GIF89a"u8]];
        return MetadataStripper.Strip(Planted.Join([heads[Math.Abs(which % 4)], bytes])).Status == StripStatus.Refused;
    }).QuickCheckThrowOnFailure();

    private static List<byte[]> Parts(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => Planted.JpegParts(Bare[format]),
        PictureFormat.Png => Planted.PngParts(Bare[format]),
        PictureFormat.WebP => Planted.WebPParts(Bare[format]),
        _ => Planted.GifParts(Bare[format]),
    };

    private static byte[] Whole(PictureFormat format, IEnumerable<byte[]> parts) =>
        format == PictureFormat.WebP ? Planted.WebP(parts) : Planted.Join(parts);

    private static List<byte[]> HidingPlaces(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => [.. JpegStripperTests.Hiding.Select(row => row.Data.Item2)],
        PictureFormat.Png => [.. PngStripperTests.Hiding.Select(row => row.Data.Item2)],
        PictureFormat.Gif => [.. GifStripperTests.Hiding.Where(row => row.Data.Item1 != "second loop").Select(row => row.Data.Item2)],
        _ => [Planted.WebPChunk("EXIF", Planted.Exif(1)), Planted.WebPChunk("XMP ", Planted.Canary),
            Planted.WebPChunk("junk", Planted.Canary, [1]), Planted.WebPChunk("ICCP", Planted.Canary)],
    };
}
