using System.Buffers.Binary;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Reading;

public sealed class LimitsAndDamageTests
{
    private static readonly Picture Noise = MakeNoise(96, 80);

    public static TheoryData<string> Encodings => ["jpeg", "progressive", "png", "webp", "lossless webp", "gif", "tiff", "avif"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decode_refuses_a_picture_that_is_cut_short(string encoding)
    {
        var bytes = Encode(encoding);
        Assert.NotNull(PictureReader.Decode(bytes));
        foreach (var share in (double[])[0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
        {
            var cut = bytes.AsSpan(0, Math.Max(3, (int)(bytes.Length * share))).ToArray();
            var reason = Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(cut)).Message;
            Assert.True(reason.StartsWith("cut short", StringComparison.Ordinal) || reason.StartsWith("damaged", StringComparison.Ordinal)
                || reason.StartsWith("no picture", StringComparison.Ordinal), reason);
        }
    }

    [Fact]
    public void Decode_refuses_a_JPEG_whose_data_is_overwritten_but_takes_one_with_bytes_to_spare()
    {
        var bytes = Encode("jpeg");
        var damaged = (byte[])bytes.Clone();
        damaged.AsSpan(bytes.Length / 2, 400).Fill(0x55);
        Assert.StartsWith("damaged JPEG: ", Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(damaged)).Message);

        // Some programs leave bytes between the last block and the end marker: a warning, and no pixel lost.
        byte[] padded = [.. bytes[..^2], 1, 2, 3, 4, .. bytes[^2..]];
        Assert.Equal(PictureReader.Decode(bytes).Pixels, PictureReader.Decode(padded).Pixels);
        Assert.Equal(PictureReader.Decode(bytes).Pixels, PictureReader.Decode([.. bytes, .. new byte[1000]]).Pixels);
    }

    [Fact]
    public void Decode_refuses_a_PNG_with_a_flipped_bit()
    {
        var bytes = Encode("png");
        bytes[bytes.Length / 2] ^= 4;
        Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(bytes));
    }

    [Fact]
    public void Decode_checks_the_size_before_the_pixels()
    {
        // 60,000 × 60,000 in a header with hardly anything behind it.
        var bomb = PngMaker.Make(60_000, 8, PngMaker.Grey, [new byte[60_000]]);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 60_000);
        WriteCrc(bomb);
        var reason = Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(bomb)).Message;
        Assert.Equal("too large: 60000 × 60000 are 3600 million pixels, at most 100 million are read", reason);
    }

    [Fact]
    public void Decode_keeps_the_limits_it_is_given()
    {
        var bytes = PictureWriter.Png(Noise);
        Assert.StartsWith("too large: 96 × 80", Assert.Throws<UnusablePictureException>(
            () => PictureReader.Decode(bytes, new DecodeOptions { MaxPixels = 7679 })).Message);
        Assert.Equal(96, PictureReader.Decode(bytes, new DecodeOptions { MaxPixels = 7680 }).Width);
        Assert.StartsWith("too long: ", Assert.Throws<UnusablePictureException>(
            () => PictureReader.Decode(bytes, new DecodeOptions { MaxBytes = bytes.Length - 1 })).Message);
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.png", bytes);
        Assert.StartsWith("too long: ", Assert.Throws<UnusablePictureException>(
            () => PictureReader.DecodeFile(path, new DecodeOptions { MaxBytes = 100 })).Message);
    }

    [Theory]
    [InlineData("", "no picture: this is an empty file")]
    [InlineData("<html>", "no picture: this is a web page (HTML)")]
    [InlineData("GIF89a", "cut short: the GIF data ends before the picture does")]
    public void Decode_names_what_is_no_picture(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<UnusablePictureException>(
            () => PictureReader.Decode(System.Text.Encoding.ASCII.GetBytes(text))).Message);

    // The chunk's CRC, so that only the size is odd: CRC-32 of "IHDR" and its 13 bytes.
    private static void WriteCrc(byte[] png) => PngMaker.Crc(png.AsSpan(12, 17)).CopyTo(png.AsSpan(29));

    private static byte[] Encode(string encoding) => encoding switch
    {
        "jpeg" => PictureWriter.Jpeg(Noise, 90),
        "progressive" => Golden("progressive.jpg"),
        "png" => PictureWriter.Png(Noise),
        "webp" => PictureWriter.WebP(Noise, 90),
        "lossless webp" => PictureWriter.WebP(Noise, lossless: true),
        "gif" => PictureWriter.AnimatedGif([Noise], 100),
        "tiff" => Golden("plain.tif"),
        _ => Golden("picture.avif"),
    };

    private static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name));

    private static Picture MakeNoise(int width, int height)
    {
        var random = new Random(7);
        var pixels = new byte[width * height * 3];
        random.NextBytes(pixels);
        return new Picture(width, height, pixels).Resize(width / 4, height / 4).Resize(width, height);
    }
}
