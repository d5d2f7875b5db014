using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Resizing;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Detail;

/// <summary>A picture at the scale at which small differences are judged.</summary>
/// <param name="Planes">Luminance 0–255, blue and red chroma around 128, interleaved in place of red, green and blue.</param>
/// <param name="IsFlat">Whether it is line art, a sprite, a score; frames of animations and opacity aren't asked.</param>
/// <param name="Enlarged">How many times the picture's own size this is; 1 where it is that or less.</param>
internal sealed record DetailPicture(Picture Planes, bool IsFlat, double Enlarged)
{
    /// <summary>Longest side: a mouth is three pixels high and thirty wide where the face takes a tenth of the picture.</summary>
    public const int LongestSide = 1024;

    /// <summary>Shortest side: a pixel is much of a small picture, so that it is enlarged. As the working size.</summary>
    public const int ShortestSide = PreparedPicture.ShortestSide;

    // Shrinking while decoding never goes below twice the shortest side that is asked for.
    private static readonly DecodeOptions Reduced =
        new DecodeOptions { ShrinkTo = LongestSide / 2, MostPixels = DecodeOptions.Large }.Unlimited();

    /// <summary>Pixels across.</summary>
    public int Width => Planes.Width;

    /// <summary>Pixels down.</summary>
    public int Height => Planes.Height;

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => Planes.Pixels.LongLength;

    /// <summary>Decodes within <paramref name="memory"/> and brings its sides between <see cref="ShortestSide"/>
    /// and <see cref="LongestSide"/>.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static DetailPicture Decode(ReadOnlySpan<byte> bytes, MemoryBudget memory)
    {
        using var turn = memory.Turn();
        return Of(PictureReader.Decode(bytes, Reduced, turn.Admit), asItIs: false);
    }

    /// <summary>How opaque a picture is, as luminance: 1 (clear) to 255; null for one that is opaque all over.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static DetailPicture? DecodeAlpha(byte[] bytes, MemoryBudget memory)
    {
        using var turn = memory.Turn();
        var header = PictureReader.ReadHeader(bytes);
        turn.Admit(header);
        if (AlphaPlane.Of(bytes, header) is not { } alpha)
            return null;
        var pixels = new byte[alpha.Length * 3];
        for (var i = 0; i < alpha.Length; i++)
            pixels.AsSpan(3 * i, 3).Fill(Math.Max((byte)1, alpha[i]));
        return Of(new Picture(header.Width, header.Height, pixels).Oriented(header.Orientation), asItIs: true);
    }

    /// <summary>One of several frames.</summary>
    /// <param name="picture">The frame.</param>
    /// <param name="longestSide">It is shrunk to, in pixels, at most <see cref="LongestSide"/>.</param>
    public static DetailPicture OfFrame(Picture picture, int longestSide)
    {
        var scale = Math.Min(1, (double)longestSide / Math.Max(picture.Width, picture.Height));
        var frame = scale == 1 ? picture
            : picture.Resize(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)), ResizeKernel.Box);
        return Of(frame, asItIs: true);
    }

    private static DetailPicture Of(Picture picture, bool asItIs)
    {
        var (longest, shortest) = (Math.Max(picture.Width, picture.Height), Math.Min(picture.Width, picture.Height));
        var scale = Math.Min((double)LongestSide / longest, asItIs ? 1 : Math.Max(1, (double)ShortestSide / shortest));
        var (width, height) = (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        var rgb = scale != 1 ? PixelPlane.Resize(picture.Pixels, picture.Width, picture.Height, 3, width, height) : picture.Pixels;
        var luma = GreyPicture.FromRgb(width, height, rgb).Pixels;
        var planes = new byte[rgb.Length];
        for (var i = 0; i < luma.Length; i++)
        {
            planes[3 * i] = luma[i];
            planes[(3 * i) + 1] = (byte)Math.Clamp(128 + (((rgb[(3 * i) + 2] - luma[i]) * 36962) >> 16), 1, 255);
            planes[(3 * i) + 2] = (byte)Math.Clamp(128 + (((rgb[3 * i] - luma[i]) * 46727) >> 16), 1, 255);
        }

        return new DetailPicture(new Picture(width, height, planes), !asItIs && Flatness.Of(planes, width, bytes: 3), Math.Max(1, scale));
    }

    /// <summary>Left and right swapped.</summary>
    public DetailPicture Mirror() => this with { Planes = Planes.MirrorHorizontally() };
}
