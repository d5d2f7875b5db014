using Smirk.Dataset.Dedupe.Near.Prepare;
using Smirk.Imaging;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Dedupe.Near.Keeper;

/// <summary>How original a picture looks by itself. The greater of two is the likelier original.</summary>
public sealed record Originality : IComparable<Originality>
{
    // Measures within these of each other are taken for equal.
    private const double Larger = 1.1;
    private const int BetterQuality = 3;
    private const double Sharper = 1.1;

    /// <summary>Pixels across.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public required int Height { get; init; }

    /// <summary>Share of the pixels' own resolution that the spectrum bears out, 0–1 a side: an enlarged copy has less.</summary>
    public required double Detail { get; init; }

    /// <summary>What a compressor left, 0–100: 100 for lossless formats without JPEG's block edges, JPEG's quality by its tables otherwise.</summary>
    public required int Quality { get; init; }

    /// <summary>Whether there is a border or caption band around it.</summary>
    public required bool Framed { get; init; }

    /// <summary>Mean strength of its edges, in grey levels.</summary>
    public required double Sharpness { get; init; }

    /// <summary>The file's last change (UTC); null when unknown.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>Width × height × detail², the pixels that say something.</summary>
    public double TruePixels => Width * (double)Height * Detail * Detail;

    /// <inheritdoc/>
    public int CompareTo(Originality? other)
    {
        if (other is null)
            return 1;
        if (Framed != other.Framed)
            return Framed ? -1 : 1;
        return CompareUnframed(other);
    }

    /// <summary>The same, borders left out: for pairs that tell themselves which is the framed one.</summary>
    public int CompareUnframed(Originality other)
    {
        if (TruePixels > other.TruePixels * Larger || other.TruePixels > TruePixels * Larger)
            return TruePixels.CompareTo(other.TruePixels);
        if (Math.Abs(Quality - other.Quality) > BetterQuality)
            return Quality.CompareTo(other.Quality);
        if (Sharpness > other.Sharpness * Sharper || other.Sharpness > Sharpness * Sharper)
            return Sharpness.CompareTo(other.Sharpness);
        return Modified is { } own && other.Modified is { } others ? others.CompareTo(own) : 0;
    }

    /// <summary>Measures a picture from its bytes, all pixels decoded.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    public static Originality Measure(ReadOnlySpan<byte> bytes, DateTime? modified)
    {
        var picture = PictureReader.Decode(bytes);
        var grey = GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels);
        var own = FrameTrimmer.Trim(grey);
        return new Originality
        {
            Width = picture.Width,
            Height = picture.Height,
            Detail = TrueResolution.Of(grey.Crop(own.X, own.Y, own.Width, own.Height)),
            Quality = CompressionQuality.Of(bytes, grey),
            Framed = own.Width < grey.Width || own.Height < grey.Height,
            Sharpness = TrueResolution.Sharpness(grey),
            Modified = modified,
        };
    }
}
