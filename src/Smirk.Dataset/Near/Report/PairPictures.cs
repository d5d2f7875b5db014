using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Near.Report;

/// <summary>Small pictures for a page: what a file shows, and where a member differs from its keeper once it is laid over it.</summary>
internal sealed class PairPictures
{
    private const int ThumbSide = 144;
    private const int Quality = 78;

    // Differences are drawn twice as strong: what the eye would pass over is what a person is asked about.
    private const int Strength = 2;

    private static readonly DecodeOptions Reduced = new() { ShrinkTo = ThumbSide, MostPixels = DecodeOptions.Large };

    private readonly PairVerifier _verifier = new(PairLimits.Normal);
    private readonly MemoryBudget _memory = new();

    /// <summary>A picture as a small JPEG; null when it can't be decoded.</summary>
    public static byte[]? Thumb(byte[] bytes)
    {
        try
        {
            var picture = PictureReader.Decode(bytes, Reduced);
            var scale = Math.Min(1, (double)ThumbSide / Math.Max(picture.Width, picture.Height));
            var (width, height) = (Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
            return Jpeg(new Picture(width, height, PixelPlane.Resize(picture.Pixels, picture.Width, picture.Height, 3, width, height)));
        }
        catch (UnusablePictureException)
        {
            return null;
        }
    }

    /// <summary>The keeper with the member laid over it: white where they agree, darker where they differ, blue where the member doesn't
    /// reach. Null when they can't be laid.</summary>
    public byte[]? Difference(byte[] member, byte[] keeper)
    {
        try
        {
            var (a, b) = (PreparedPicture.Decode(member, _memory), PreparedPicture.Decode(keeper, _memory));
            if (_verifier.Verify(a, b) is not { } match
                || AlignedPair.Lay(match.Mirrored ? a.Grey.Mirror() : a.Grey, b.Grey, match.Map) is not { } pair)
                return null;
            return Jpeg(Draw(pair));
        }
        catch (UnusablePictureException)
        {
            return null;
        }
    }

    private static Picture Draw(AlignedPair pair)
    {
        var tone = ToneMap.Fit(pair, BlockComparison.Compare(pair));
        var pixels = new byte[pair.A.Pixels.Length * 3];
        for (var i = 0; i < pair.A.Pixels.Length; i++)
        {
            var (a, b) = (pair.A.Pixels[i], pair.B.Pixels[i]);
            var light = (byte)Math.Clamp(255 - (Strength * Math.Abs(b - tone.Apply(a))), 0, 255);
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) =
                a == 0 || b == 0 ? ((byte)205, (byte)218, (byte)235) : (light, light, light);
        }

        var picture = new Picture(pair.A.Width, pair.A.Height, pixels);
        var scale = Math.Min(1, (double)ThumbSide / Math.Max(picture.Width, picture.Height));
        return scale == 1 ? picture : picture.Resize(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
    }

    private static byte[] Jpeg(Picture picture) => PictureWriter.Jpeg(picture, Quality);
}
