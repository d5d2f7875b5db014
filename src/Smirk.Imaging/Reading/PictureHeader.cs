using Smirk.Imaging.Formats;

namespace Smirk.Imaging.Reading;

/// <summary>What a picture's header tells, no pixel decoded.</summary>
/// <param name="Format">By the bytes, not the name.</param>
/// <param name="Width">Pixels across as stored, before <paramref name="Orientation"/> is applied.</param>
/// <param name="Height">Pixels down as stored.</param>
/// <param name="Frames">1 for a still picture; pages of a TIFF count, too.</param>
/// <param name="Orientation">EXIF's, 1 to 8; 1 where the file says nothing.</param>
/// <param name="Channels">1 to 4 or more, alpha included, as stored (a palette counts as what it holds).</param>
/// <param name="BitsPerChannel">8, 16 or 32.</param>
/// <param name="HasAlpha">Whether there is transparency, used or not.</param>
/// <param name="HasProfile">Whether an ICC profile is embedded.</param>
public sealed record PictureHeader(
    PictureFormat Format, int Width, int Height, int Frames, int Orientation, int Channels, int BitsPerChannel, bool HasAlpha,
        bool HasProfile)
{
    /// <summary>Width × height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Whether the frames are those of an AVIF or HEIF sequence, of which only the first can be decoded.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Refuses a picture of more than <paramref name="mostPixels"/>.</summary>
    /// <exception cref="UnusablePictureException">It has more.</exception>
    public void RefuseAbove(long mostPixels)
    {
        if (Pixels > mostPixels)
        {
            throw new UnusablePictureException(
                PictureFault.TooLarge,
                $"too large: {Width} × {Height} are {Pixels / 1e6:0.##} million pixels, at most {mostPixels / 1e6:0.##} million are read");
        }
    }

    /// <summary>Whether the orientation swaps width and height.</summary>
    public bool IsTurned => Orientation is >= 5 and <= 8;
}
