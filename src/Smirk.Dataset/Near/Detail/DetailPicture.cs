using Smirk.Dataset.Memory;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Detail;

/// <summary>A picture at the scale at which small differences are judged: luminance and both chroma planes.</summary>
/// <param name="Luma">Luminance, 0–255.</param>
/// <param name="Blue">Blue chroma around 128.</param>
/// <param name="Red">Red chroma around 128.</param>
internal sealed record DetailPicture(GreyPicture Luma, GreyPicture Blue, GreyPicture Red)
{
    /// <summary>Longest side: a mouth is three pixels high and thirty wide where the face takes a tenth of the picture.</summary>
    public const int LongestSide = 1024;

    // Shrinking while decoding never goes below twice the shortest side that is asked for.
    private static readonly DecodeOptions Reduced = new() { ShrinkTo = LongestSide / 2, MostPixels = DecodeOptions.Large };

    /// <summary>Pixels across.</summary>
    public int Width => Luma.Width;

    /// <summary>Pixels down.</summary>
    public int Height => Luma.Height;

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 3L * Luma.Pixels.Length;

    /// <summary>Decodes within <paramref name="memory"/> and shrinks to <see cref="LongestSide"/>; small pictures keep their
    /// size.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static DetailPicture Decode(ReadOnlySpan<byte> bytes, MemoryBudget memory)
    {
        using var turn = memory.Turn();
        return Of(PictureReader.Decode(bytes, Reduced, turn.Admit));
    }

    /// <summary>The three planes of <paramref name="picture"/>.</summary>
    public static DetailPicture Of(Picture picture)
    {
        var scale = Math.Min(1, (double)LongestSide / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        var rgb = scale < 1 ? PixelPlane.Resize(picture.Pixels, picture.Width, picture.Height, 3, width, height) : picture.Pixels;
        var luma = GreyPicture.FromRgb(width, height, rgb);
        var (blue, red) = (new byte[width * height], new byte[width * height]);
        for (var i = 0; i < blue.Length; i++)
        {
            blue[i] = (byte)Math.Clamp(128 + (((rgb[(3 * i) + 2] - luma.Pixels[i]) * 36962) >> 16), 1, 255);
            red[i] = (byte)Math.Clamp(128 + (((rgb[3 * i] - luma.Pixels[i]) * 46727) >> 16), 1, 255);
        }

        return new DetailPicture(luma, new(width, height, blue), new(width, height, red));
    }

    /// <summary>Left and right swapped.</summary>
    public DetailPicture Mirror() => new(Luma.Mirror(), Blue.Mirror(), Red.Mirror());
}
