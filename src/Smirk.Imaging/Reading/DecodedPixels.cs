using Smirk.Imaging.Resizing;
using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Reading;

/// <summary>Pixels as a decoder left them: interleaved RGB or luminance, as stored.</summary>
internal sealed record DecodedPixels(int Width, int Height, byte[] Pixels)
{
    /// <summary>Whether the format's own library took it without objecting to anything.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Those of a picture that is there as a whole, with squares of <paramref name="shrink"/> pixels averaged, in 3 channels or
    /// 1.</summary>
    public static DecodedPixels Of(Picture picture, int shrink, int channels)
    {
        if (shrink > 1)
            picture = picture.Resize(picture.Width / shrink, picture.Height / shrink, ResizeKernel.Box);
        return new DecodedPixels(
            picture.Width, picture.Height, channels == 3 ? picture.Pixels
            : GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels).Pixels);
    }
}
