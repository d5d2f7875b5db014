using Smirk.Files.Strip;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

public sealed class PngStripperTests
{
    private static readonly byte[] Bare = Planted.Join(Planted.PngParts(PictureWriter.Png(Planted.Picture())).Where(p => p[4] != 'p'));
    private static readonly byte[] Profile =
        [.. Planted.BigEndian(200), .. new byte[32], .. "acsp"u8, .. Enumerable.Range(0, 160).Select(i => (byte)i)];

    /// <summary>Every place of a PNG that metadata is kept in, by name.</summary>
    public static TheoryData<string, byte[]> Hiding => new()
    {
        { "text", Planted.Chunk("tEXt", "Comment\0"u8.ToArray(), Planted.Canary) },
        { "compressed text", Planted.Chunk("zTXt", "Comment\0\0"u8.ToArray(), Planted.Deflate(Planted.Canary)) },
        { "international text", Planted.Chunk("iTXt", "Comment\0\0\0\0\0"u8.ToArray(), Planted.Canary) },
        { "XMP", Planted.Chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0"u8.ToArray(), Planted.Canary) },
        { "time", Planted.Chunk("tIME", [7, 0xE0, 1, 1, 1, 1, 1]) },
        { "Exif", Planted.Chunk("eXIf", Planted.Exif(1)) },
        { "C2PA", Planted.Chunk("caBX", Planted.Canary) },
        { "private chunk", Planted.Chunk("smRk", Planted.Canary) },
        { "suggested palette", Planted.Chunk("sPLT", Planted.Canary) },
        { "histogram", Planted.Chunk("hIST", Planted.Canary) },
        { "gamma that is too long", Planted.Chunk("gAMA", Planted.Canary) },
        { "transparency that is too long", Planted.Chunk("tRNS", Planted.Canary) },
        { "animation without a start", Planted.Chunk("fdAT", Planted.BigEndian(0), Planted.Canary) },
        { "profile that is none", Planted.Chunk("iCCP", "p\0\0"u8.ToArray(), Planted.Deflate(Planted.Canary)) },
    };

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Strip_removes_every_chunk_but_those_of_the_picture_wherever_it_stands(string name, byte[] hidden)
    {
        var parts = Planted.PngParts(Bare);
        for (var place = 2; place < parts.Count; place++)
        {
            // Between two IDAT chunks nothing may stand.
            if (place > 2 && parts[place][4] == 'I' && parts[place][5] == 'D' && parts[place - 1][5] == 'D')
                continue;
            var outcome = MetadataStripper.Strip(Planted.Join([.. parts[..place], hidden, .. parts[place..]]));
            Assert.True(outcome.Status == StripStatus.Stripped && Bare.AsSpan().SequenceEqual(outcome.Bytes.Span),
                $"{name} at {place}: {outcome}");
        }
    }

    [Fact]
    public void Strip_keeps_what_changes_how_the_picture_looks_once()
    {
        var parts = Planted.PngParts(Bare);
        byte[][] looks =
        [
            Planted.Chunk("gAMA", [0, 0, 0xB1, 0x8F]), Planted.Chunk("cHRM", new byte[32]), Planted.Chunk("sRGB", [0]),
                Planted.Chunk("cICP", [1, 13, 0, 1]),
            Planted.Chunk("sBIT", [8, 8, 8]), Planted.Chunk("mDCV", new byte[24]), Planted.Chunk("cLLI", new byte[8]),
                Planted.Chunk("bKGD", new byte[6]), Planted.Chunk("pHYs", new byte[9]),
        ];
        var clean = Planted.Join([.. parts[..2], .. looks, .. parts[2..]]);
        Assert.Equal(StripStatus.Clean, MetadataStripper.Strip(clean).Status);
        Assert.Equal(clean, MetadataStripper.Strip(Planted.Join([.. parts[..2], .. looks, .. looks, .. parts[2..]])).Bytes.ToArray());
    }

    [Fact]
    public void Strip_keeps_a_profile_but_not_its_name_nor_what_follows_it()
    {
        var parts = Planted.PngParts(Bare);
        byte[] With(params byte[][] data) => Planted.Join([.. parts[..2], Planted.Chunk("iCCP", data), .. parts[2..]]);
        var named = MetadataStripper.Strip(With(Planted.Canary, [0, 0], Planted.Deflate(Profile)));
        Assert.Equal(With("icc\0\0"u8.ToArray(), Planted.Deflate(Profile)), named.Bytes.ToArray());
        foreach (var padded in new[] { With("icc\0\0"u8.ToArray(), Planted.Deflate(Profile), Planted.Canary),
            With("icc\0\0"u8.ToArray(), Planted.Deflate([.. Profile, .. Planted.Canary])) })
            Assert.Equal(named.Bytes.ToArray(), MetadataStripper.Strip(padded).Bytes.ToArray());
        Assert.Equal(Bare, MetadataStripper.Strip(named.Bytes, new StripOptions { DropIcc = true }).Bytes.ToArray());
        Assert.Equal(StripStatus.Refused, MetadataStripper.Strip(With("icc\0\0"u8.ToArray(), Planted.Deflate(new byte[40 << 20]))).Status);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(6, -1)]
    public void Strip_keeps_the_orientation_as_the_only_tag(ushort orientation, int place)
    {
        var parts = Planted.PngParts(Bare);
        place = place < 0 ? parts.Count - 1 : place;
        var with = Planted.Join([.. parts[..place], Planted.Chunk("eXIf", Planted.Exif(orientation)), .. parts[place..]]);
        var outcome = MetadataStripper.Strip(with);
        Assert.Equal(Bare.Length + 12 + 26, outcome.Bytes.Length);
        Assert.False(Planted.HasCanary(outcome.Bytes.Span));
        Assert.Equal(PictureReader.Decode(with).Pixels, PictureReader.Decode(outcome.Bytes.Span).Pixels);
        Assert.Equal(Bare, MetadataStripper.Strip(with, new StripOptions { DropOrientation = true }).Bytes.ToArray());
    }

    [Fact]
    public void Strip_keeps_an_animation_and_refuses_one_out_of_order()
    {
        var parts = Planted.PngParts(Bare);
        var data = Planted.Join(Planted.PngParts(PictureWriter.Png(Planted.Picture(shift: 90))).Where(p => p[4] == 'I' && p[5] == 'D')
            .Select(p => p[8..^4]));
        byte[] Frame(int number) =>
            Planted.Chunk("fcTL", Planted.BigEndian(number), Planted.BigEndian(24), Planted.BigEndian(16), new byte[14]);
        byte[] Animation(params int[] numbers) => Planted.Join(
        [
            .. parts[..2], Planted.Chunk("acTL", Planted.BigEndian(2), Planted.BigEndian(0)), Frame(numbers[0]), .. parts[2..^1],
            Frame(numbers[1]), Planted.Chunk("fdAT", Planted.BigEndian(numbers[2]), data), Planted.Chunk("tEXt", Planted.Canary), parts[^1],
        ]);
        var outcome = MetadataStripper.Strip(Animation(0, 1, 2));
        Assert.Equal(Animation(0, 1, 2).Length - 12 - Planted.Canary.Length, outcome.Bytes.Length);
        Assert.Equal("text", Assert.Single(outcome.Removed).Name);
        Assert.Contains("has the number 3", MetadataStripper.Strip(Animation(0, 1, 3)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Strip_removes_what_follows_the_end() =>
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([Bare, Bare, Planted.Canary])).Bytes.ToArray());

    [Fact]
    public void Strip_refuses_a_wrong_CRC_in_any_chunk()
    {
        var parts = Planted.PngParts(Planted.Join([.. Planted.PngParts(Bare)[..2], Planted.Chunk("tEXt", Planted.Canary),
            .. Planted.PngParts(Bare)[2..]]));
        for (var i = 1; i < parts.Count; i++)
        {
            parts[i][^1] ^= 1;
            var outcome = MetadataStripper.Strip(Planted.Join(parts));
            Assert.Contains("CRC", outcome.Reason, StringComparison.Ordinal);
            parts[i][^1] ^= 1;
        }
    }

    [Fact]
    public void Strip_refuses_chunks_that_it_would_have_to_understand() =>
        Assert.Contains("CgBI", MetadataStripper.Strip(Planted.Join(
            [.. Planted.PngParts(Bare)[..2], Planted.Chunk("CgBI", new byte[4]), .. Planted.PngParts(Bare)[2..]])).Reason,
            StringComparison.Ordinal);
}
