using Smirk.Imaging;

namespace Smirk.Tests.Reading;

public sealed class PlainJpegTests
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
        var header = PlainJpeg.TryReadHeader(bytes)!;
        Assert.Equal(VipsDecoder.ReadHeader(bytes, PictureFormat.Jpeg), header);
        Assert.Equal(VipsDecoder.Decode(bytes, PictureFormat.Jpeg, _ => shrink, 3).Pixels, PlainJpeg.TryDecode(bytes, header, shrink, 3)!.Pixels);
    }

    [Fact]
    public void Every_plain_JPEG_of_the_pile_has_the_pixels_that_libvips_gives()
    {
        var pile = TestData.Require("pile");
        var compared = 0;
        foreach (var file in Directory.EnumerateFiles(pile, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 5 == 0))
        {
            var bytes = File.ReadAllBytes(file);
            if (PlainJpeg.TryReadHeader(bytes) is not { } header || PlainJpeg.TryDecode(bytes, header, 1, 3) is not { } picture)
                continue;
            Assert.True(VipsDecoder.Decode(bytes, PictureFormat.Jpeg, _ => 1, 3).Pixels.AsSpan().SequenceEqual(picture.Pixels), file);
            compared++;
        }

        Assert.True(compared > 100, $"{compared} compared");
    }

    [Fact]
    public void What_holds_more_than_pixels_is_left_to_libvips()
    {
        var plain = PictureWriter.Jpeg(Wave, 85);
        Assert.Null(PlainJpeg.TryReadHeader(ExifMaker.IntoJpeg(plain, 6)));
        byte[] profile = [0xff, 0xe2, 0, 6, 1, 2, 3, 4];
        Assert.Null(PlainJpeg.TryReadHeader([.. plain[..2], .. profile, .. plain[2..]]));
        Assert.Null(PlainJpeg.TryReadHeader(PictureWriter.Png(Wave)));
        for (var length = 0; length < 200; length++)
            Assert.Null(PlainJpeg.TryReadHeader(plain.AsSpan(0, length)));
    }

    [Fact]
    public void Damage_is_left_to_libvips()
    {
        var bytes = PictureWriter.Jpeg(Wave, 85);
        var header = PlainJpeg.TryReadHeader(bytes)!;
        var damaged = (byte[])bytes.Clone();
        damaged.AsSpan(bytes.Length / 2, 100).Fill(0x55);
        Assert.Null(PlainJpeg.TryDecode(damaged, header, 1, 3));
        Assert.Null(PlainJpeg.TryDecode(bytes.AsSpan(0, bytes.Length * 3 / 4), header, 1, 3));
        Assert.Null(PlainJpeg.TryDecode(bytes, header with { Width = header.Width + 1 }, 1, 3));
    }

    private static Picture MakeWave(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(128 + 120 * Math.Sin(i * 0.013 + (i % 3)));
        return new Picture(width, height, pixels);
    }
}
