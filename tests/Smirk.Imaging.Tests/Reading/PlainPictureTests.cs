using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Reading.Plain;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Reading;

public sealed class PlainPictureTests
{
    private static readonly Picture Wave = MakeWave(75, 50);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Pixels_are_those_that_libvips_gives(int shrink)
    {
        var bytes = PictureWriter.Jpeg(Wave, 85);
        SamePixels(bytes, PictureFormat.Jpeg, shrink);
    }

    [Fact]
    public void Pixels_of_other_formats_are_those_that_libvips_gives()
    {
        byte[][] rows = [.. Enumerable.Range(0, 40).Select(y => Wave.Pixels.AsSpan(y * 60, 60).ToArray())];
        SamePixels(PictureWriter.Png(Wave), PictureFormat.Png);
        SamePixels(PngMaker.Make(60, 8, PngMaker.Grey, rows), PictureFormat.Png);
        SamePixels(PngMaker.Make(60, 8, PngMaker.Palette, rows, ("gAMA", [0, 0, 0xb1, 0x8f]),
            ("PLTE", [.. Enumerable.Range(0, 768).Select(i => (byte)(i * 7))])), PictureFormat.Png);
        SamePixels(PictureWriter.WebP(Wave, 80), PictureFormat.WebP);
        SamePixels(PictureWriter.WebP(Wave, lossless: true), PictureFormat.WebP);
    }

    [Fact]
    public void Every_plain_picture_of_the_pile_has_the_pixels_that_libvips_gives()
    {
        var pile = TestData.Require("pile");
        var compared = new Dictionary<PictureFormat, int>();
        foreach (var file in Directory.EnumerateFiles(pile, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where((_, i) => i % 5 == 0))
        {
            var bytes = File.ReadAllBytes(file);
            var format = FormatSniffer.Sniff(bytes);
            if (PlainPicture.TryReadHeader(bytes, format) is not { } header
                || PlainPicture.TryDecode(bytes, header, 1, 3) is not { } picture)
                continue;
            Assert.True(VipsDecoder.Decode(bytes, format, _ => 1, 3).Pixels.AsSpan().SequenceEqual(picture.Pixels), file);
            compared[format] = compared.GetValueOrDefault(format) + 1;
        }

        foreach (var format in new[] { PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.WebP })
            Assert.True(compared.GetValueOrDefault(format) > 30, $"{compared.GetValueOrDefault(format)} of {format} compared");
    }

    [Fact]
    public void What_holds_more_than_pixels_is_left_to_libvips()
    {
        var (jpeg, png, webp) = (PictureWriter.Jpeg(Wave, 85), PictureWriter.Png(Wave), PictureWriter.WebP(Wave, 80));
        byte[] profile = [0xff, 0xe2, 0, 6, 1, 2, 3, 4];
        Assert.Null(PlainPicture.TryReadHeader(ExifMaker.IntoJpeg(jpeg, 6), PictureFormat.Jpeg));
        Assert.Null(PlainPicture.TryReadHeader([.. jpeg[..2], .. profile, .. jpeg[2..]], PictureFormat.Jpeg));
        Assert.Null(PlainPicture.TryReadHeader(ExifMaker.IntoWebP(webp, 6, Wave.Width, Wave.Height), PictureFormat.WebP));
        Assert.Null(PlainPicture.TryReadHeader(PictureWriter.AnimatedWebP([Wave, Wave.MirrorHorizontally()], 100), PictureFormat.WebP));
        Assert.Null(PlainPicture.TryReadHeader(PictureWriter.AnimatedGif([Wave], 100), PictureFormat.Gif));
        foreach (var chunk in new[] { "eXIf", "iCCP", "tRNS", "acTL" })
            Assert.Null(PlainPicture.TryReadHeader(PngMaker.Make(1, 8, PngMaker.Rgb, [[1, 2, 3]], (chunk, [0, 0, 0, 0, 0, 0])),
                PictureFormat.Png));
        foreach (var (bits, type, row) in new (int, int, byte[])[] { (8, PngMaker.Rgba, [1, 2, 3, 4]), (8, PngMaker.GreyAlpha, [1, 2]),
            (16, PngMaker.Rgb, [1, 2, 3, 4, 5, 6]), (1, PngMaker.Grey, [0x80]) })
            Assert.Null(PlainPicture.TryReadHeader(PngMaker.Make(1, bits, type, [row]), PictureFormat.Png));
        for (var length = 0; length < 40; length++)
        {
            Assert.Null(PlainPicture.TryReadHeader(jpeg.AsSpan(0, length), PictureFormat.Jpeg));
            Assert.Null(PlainPicture.TryReadHeader(png.AsSpan(0, length), PictureFormat.Png));
            Assert.Null(PlainPicture.TryReadHeader(webp.AsSpan(0, length), PictureFormat.WebP));
        }
    }

    [Fact]
    public void Damage_is_left_to_libvips()
    {
        foreach (var (format, bytes) in new[] { (PictureFormat.Jpeg, PictureWriter.Jpeg(Wave, 85)),
            (PictureFormat.Png, PictureWriter.Png(Wave)) })
        {
            var header = PlainPicture.TryReadHeader(bytes, format)!;
            var damaged = (byte[])bytes.Clone();
            damaged.AsSpan(bytes.Length / 2, 100).Fill(0x55);
            Assert.Null(PlainPicture.TryDecode(damaged, header, 1, 3));
        }

        foreach (var (format, bytes) in new[] { (PictureFormat.Jpeg, PictureWriter.Jpeg(Wave, 85)),
            (PictureFormat.Png, PictureWriter.Png(Wave)), (PictureFormat.WebP, PictureWriter.WebP(Wave, 80)) })
        {
            var header = PlainPicture.TryReadHeader(bytes, format)!;
            Assert.Null(PlainPicture.TryDecode(bytes.AsSpan(0, bytes.Length * 3 / 4), header, 1, 3));
            Assert.Null(PlainPicture.TryDecode(bytes, header with { Width = header.Width + 1 }, 1, 3));
            Assert.NotNull(PlainPicture.TryDecode(bytes, header, 1, 3));
        }
    }

    private static void SamePixels(byte[] bytes, PictureFormat format, int shrink = 1)
    {
        var header = PlainPicture.TryReadHeader(bytes, format)!;
        Assert.Equal(VipsDecoder.ReadHeader(bytes, format), header);
        Assert.Equal(VipsDecoder.Decode(bytes, format, _ => shrink, 3).Pixels, PlainPicture.TryDecode(bytes, header, shrink, 3)!.Pixels);
    }

    private static Picture MakeWave(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(128 + 120 * Math.Sin(i * 0.013 + (i % 3)));
        return new Picture(width, height, pixels);
    }
}
