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

    private static readonly DecodeOptions Reduced =
        new DecodeOptions { ShrinkTo = ThumbSide, MostPixels = DecodeOptions.Large }.Unlimited();

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
    /// <param name="member">The member's bytes.</param>
    /// <param name="keeper">The keeper's bytes.</param>
    /// <param name="region">A part of the keeper to outline; null for none.</param>
    public byte[]? Difference(byte[] member, byte[] keeper, PictureRegion? region)
    {
        try
        {
            var (a, b) = (PreparedPicture.Decode(member, _memory), PreparedPicture.Decode(keeper, _memory));
            if (_verifier.Verify(a, b) is not { } match
                || AlignedPair.Lay(match.Mirrored ? a.Grey.Mirror() : a.Grey, b.Grey, match.Map) is not { } pair)
                return null;
            return Jpeg(Outlined(Draw(pair), pair, b.Grey, region));
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

    // A frame around the region, two pixels outside it, so that what differs can be seen within.
    private static Picture Outlined(Picture drawn, AlignedPair pair, GreyPicture keeper, PictureRegion? region)
    {
        if (region is not { } part)
            return drawn;
        var first = pair.ToFrameB.Map(part.Left * keeper.Width, part.Top * keeper.Height);
        var last = pair.ToFrameB.Map((part.Left + part.Width) * keeper.Width, (part.Top + part.Height) * keeper.Height);
        var scale = (double)drawn.Width / pair.B.Width;
        var (left, right) = ((int)(Math.Min(first.X, last.X) * scale) - 3, (int)(Math.Max(first.X, last.X) * scale) + 3);
        var (top, bottom) = ((int)(Math.Min(first.Y, last.Y) * scale) - 3, (int)(Math.Max(first.Y, last.Y) * scale) + 3);
        var pixels = (byte[])drawn.Pixels.Clone();
        for (var x = left; x <= right; x++)
        {
            Mark(x, top);
            Mark(x, bottom);
        }

        for (var y = top; y <= bottom; y++)
        {
            Mark(left, y);
            Mark(right, y);
        }

        return new Picture(drawn.Width, drawn.Height, pixels);

        void Mark(int x, int y)
        {
            var at = ((Math.Clamp(y, 0, drawn.Height - 1) * drawn.Width) + Math.Clamp(x, 0, drawn.Width - 1)) * 3;
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (220, 30, 30);
        }
    }

    private static byte[] Jpeg(Picture picture) => PictureWriter.Jpeg(picture, Quality);
}
