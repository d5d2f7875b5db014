using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Imaging.Tests.Reading;

/// <summary>Bytes changed at random in pictures of every format: each is decoded or refused, never more.</summary>
[Collection("Standard error is watched")] // dav1d prints there what it finds wrong with an AVIF
public sealed class MutatedPicturesTests
{
    [Theory]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("p3.jpg")]
    [InlineData("interlaced.png")]
    [InlineData("p3-16bit.png")]
    [InlineData("palette.png")]
    [InlineData("tiled.tif")]
    [InlineData("lab.tif")]
    [InlineData("picture.avif")]
    [InlineData("picture.heic")]
    [InlineData("webp")]
    [InlineData("animated webp")]
    [InlineData("animated gif")]
    public void Decode_takes_or_refuses_mutations(string name)
    {
        var random = new Random(name.Length);
        var good = Encoded(name);
        var used = 0;
        for (var round = 0; round < 150; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = 0; i <= round % 8; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                PictureReader.Decode(bytes, new DecodeOptions { MaxPixels = 1_000_000 });
                used++;
            }
            catch (UnusablePictureException)
            {
                // Refused, as most are.
            }
        }

        Assert.InRange(used, 0, 149);
    }

    private static byte[] Encoded(string name) => name switch
    {
        "webp" => PictureWriter.WebP(Stripes(60), 80),
        "animated webp" => PictureWriter.AnimatedWebP([Stripes(60), Stripes(90), Stripes(200)], 50),
        "animated gif" => PictureWriter.AnimatedGif([Stripes(60), Stripes(90), Stripes(200)], 50),
        _ => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "goldens", "pictures", name)),
    };

    private static Picture Stripes(int factor)
    {
        var pixels = new byte[64 * 48 * 3];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i / 64 * factor);
        return new Picture(64, 48, pixels);
    }
}
