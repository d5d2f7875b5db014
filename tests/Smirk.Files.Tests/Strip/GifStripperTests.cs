using Smirk.Files.Strip;
using Smirk.Imaging.Writing;

namespace Smirk.Files.Tests.Strip;

public sealed class GifStripperTests
{
    private static readonly byte[] Bare = PictureWriter.AnimatedGif([Planted.Picture(), Planted.Picture(shift: 99)], 80);

    /// <summary>Every place of a GIF that metadata is kept in, by name.</summary>
    public static TheoryData<string, byte[]> Hiding => new()
    {
        { "comment", Planted.Extension(0xFE, Planted.Canary) },
        { "text", Planted.Extension(0x01, new byte[12], Planted.Canary) },
        { "XMP", Planted.Join([Planted.Extension(0xFF, "XMP DataXMP"u8.ToArray())[..^1], Planted.Canary,
            [0x01, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i)), 0]]) },
        { "application", Planted.Extension(0xFF, "SMIRKSMIRK1"u8.ToArray(), Planted.Canary) },
        { "ICC profile", Planted.Extension(0xFF, "ICCRGBG1012"u8.ToArray(), Planted.Canary) },
        { "unknown extension", Planted.Extension(0x42, Planted.Canary) },
        { "second loop", Planted.Extension(0xFF, "NETSCAPE2.0"u8.ToArray(), [1, 0, 0], Planted.Canary) },
    };

    [Theory]
    [MemberData(nameof(Hiding))]
    public void Strip_removes_every_block_but_those_of_the_picture_wherever_it_stands(string name, byte[] hidden)
    {
        var parts = Planted.GifParts(Bare);
        for (var place = name == "second loop" ? 2 : 1; place < parts.Count; place++)
        {
            var outcome = MetadataStripper.Strip(Planted.Join([.. parts[..place], hidden, .. parts[place..]]));
            Assert.True(outcome.Status == StripStatus.Stripped && Bare.AsSpan().SequenceEqual(outcome.Bytes.Span),
                $"{name} at {place}: {outcome}");
        }
    }

    [Theory]
    [InlineData("NETSCAPE2.0")]
    [InlineData("ANIMEXTS1.0")]
    public void Strip_keeps_how_often_it_repeats_and_nothing_beside_it(string application)
    {
        var parts = Planted.GifParts(Bare).Where(p => p is not [0x21, 0xFF, ..]).ToList();
        byte[] With(byte[] extension) => Planted.Join([parts[0], extension, .. parts[1..]]);
        var outcome = MetadataStripper.Strip(With(Planted.Extension(
            0xFF, System.Text.Encoding.ASCII.GetBytes(application), Planted.Canary, [2, 0, 0, 1, 0], [1, 5, 0], Planted.Canary)));
        Assert.Equal(With(Planted.Extension(0xFF, "NETSCAPE2.0"u8.ToArray(), [1, 5, 0])), outcome.Bytes.ToArray());
    }

    [Fact]
    public void Strip_keeps_the_graphic_control_that_counts()
    {
        var parts = Planted.GifParts(Bare);
        var control = parts.FindIndex(p => p[0] == 0x21 && p[1] == 0xF9);
        var unused = Planted.Extension(0xF9, [8, 1, 0, 0]);
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join(
            [.. parts[..control], unused, .. parts[control..^1], unused, parts[^1]])).Bytes.ToArray());
        var padded = Planted.Extension(0xF9, parts[control][3..7], Planted.Canary);
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([.. parts[..control], padded, .. parts[(control + 1)..]])).Bytes.ToArray());
        // Text between a control and its picture goes; the control stays with the picture, as viewers have it.
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join(
            [.. parts[..(control + 1)], Planted.Extension(1, new byte[12], Planted.Canary), .. parts[(control + 1)..]])).Bytes.ToArray());
    }

    [Fact]
    public void Strip_removes_what_follows_the_end() =>
        Assert.Equal(Bare, MetadataStripper.Strip(Planted.Join([Bare, Planted.Canary])).Bytes.ToArray());

    [Fact]
    public void Strip_refuses_what_is_damaged()
    {
        Refused(Bare[..^2], "cut short");
        Refused([.. Planted.GifParts(Bare)[0], 0x3B], "no picture data");
        Refused([.. Planted.GifParts(Bare)[0], 0x77], "77 begins none");
        Refused([.. Planted.GifParts(Bare)[0], .. Planted.Extension(0xF9, [1, 2, 3])], "not 4");

        static void Refused(byte[] bytes, string reason) =>
            Assert.Contains(reason, MetadataStripper.Strip(bytes).Reason, StringComparison.Ordinal);
    }
}
