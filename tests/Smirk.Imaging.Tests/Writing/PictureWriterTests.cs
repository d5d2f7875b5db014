using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Writing;

public sealed class PictureWriterTests
{
    private static readonly Picture Wave = Make(48, 32, 0);

    [Fact]
    public void Png_and_lossless_WebP_come_back_exactly()
    {
        Assert.Equal(Wave.Pixels, PictureReader.Decode(PictureWriter.Png(Wave)).Pixels);
        Assert.Equal(Wave.Pixels, PictureReader.Decode(PictureWriter.WebP(Wave, lossless: true)).Pixels);
    }

    [Fact]
    public void Jpeg_and_WebP_come_back_nearly()
    {
        Assert.True(MeanDifference(Wave, PictureReader.Decode(PictureWriter.Jpeg(Wave, 95))) < 3);
        Assert.True(MeanDifference(Wave, PictureReader.Decode(PictureWriter.WebP(Wave, 95))) < 4);
    }

    [Fact]
    public void Formats_are_what_they_are_called()
    {
        Assert.Equal(PictureFormat.Png, FormatSniffer.Sniff(PictureWriter.Png(Wave)));
        Assert.Equal(PictureFormat.Jpeg, FormatSniffer.Sniff(PictureWriter.Jpeg(Wave)));
        Assert.Equal(PictureFormat.WebP, FormatSniffer.Sniff(PictureWriter.WebP(Wave)));
    }

    [Fact]
    public void No_metadata_is_written()
    {
        foreach (var bytes in (byte[][])[PictureWriter.Png(Wave), PictureWriter.Jpeg(Wave), PictureWriter.WebP(Wave),
            PictureWriter.WebP(Wave, lossless: true), PictureWriter.AnimatedWebP([Wave, Wave], 50)])
        {
            foreach (var name in (string[])["EXIF", "Exif", "eXIf", "XMP ", "ICCP", "iCCP", "vips"])
                Assert.True(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) < 0,
                    $"{name} in {FormatSniffer.Sniff(bytes)}");
        }
    }

    [Fact]
    public void Animations_keep_their_frames()
    {
        Picture[] frames = [Make(40, 30, 0), Make(40, 30, 1), Make(40, 30, 2)];
        foreach (var bytes in (byte[][])[PictureWriter.AnimatedGif(frames, 80), PictureWriter.AnimatedWebP(frames, 80, 95)])
        {
            var header = PictureReader.ReadHeader(bytes);
            Assert.Equal((40, 30, 3), (header.Width, header.Height, header.Frames));
            Assert.True(MeanDifference(frames[0], PictureReader.Decode(bytes)) < 6);
        }
    }

    [Fact]
    public void Animations_refuse_frames_of_different_sizes() =>
        Assert.Throws<ArgumentException>(() => PictureWriter.AnimatedGif([Make(40, 30, 0), Make(40, 31, 0)], 80));

    [Fact]
    public void Quality_outside_1_to_100_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => PictureWriter.Jpeg(Wave, 0));

    [Fact]
    public void Many_threads_decode_and_encode_at_once()
    {
        var bytes = PictureWriter.Jpeg(Wave, 90);
        var expected = PictureReader.Decode(bytes).Pixels;
        var cut = bytes.AsSpan(0, bytes.Length * 2 / 3).ToArray();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 4 == 0)
                Assert.StartsWith("cut short", Assert.Throws<UnusablePictureException>(() => PictureReader.Decode(cut)).Message);
            else
                Assert.Equal(expected, PictureReader.Decode(bytes).Pixels);
            Assert.Equal(bytes, PictureWriter.Jpeg(Wave, 90));
        });
    }

    private static double MeanDifference(Picture a, Picture b) => a.Pixels.Zip(b.Pixels).Average(p => Math.Abs(p.First - p.Second));

    private static Picture Make(int width, int height, double phase)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(128 + (90 * Math.Sin((i / 3 % width * 0.11) + phase + (i % 3)) * Math.Cos((i / 3 / width * 0.09) + phase)));
        return new Picture(width, height, pixels);
    }
}
