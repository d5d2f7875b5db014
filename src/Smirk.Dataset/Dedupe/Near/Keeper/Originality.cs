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

    // How much less power (logarithm) an enlarged copy has at its top than a real picture of that size would.
    private const double Blown = 0.35;

    /// <summary>Pixels across.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public required int Height { get; init; }

    /// <summary>Logarithm of the power of its highest frequencies; null when it is too small to tell.</summary>
    public required double? TopPower { get; init; }

    /// <summary>What a compressor left, 0–100: 100 for lossless formats without JPEG's block edges, JPEG's quality by its tables otherwise.</summary>
    public required int Quality { get; init; }

    /// <summary>Whether there is a border or caption band around it.</summary>
    public required bool Framed { get; init; }

    /// <summary>Mean strength of its edges, in grey levels.</summary>
    public required double Sharpness { get; init; }

    /// <summary>The file's last change (UTC); null when unknown.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>Width × height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Whether this picture is larger than <paramref name="other"/>, which shows the same.</summary>
    public bool IsLargerThan(Originality other) => Pixels > other.Pixels * Larger;

    /// <summary>Whether this picture's larger size is only blown up. The power of a picture's frequencies falls with their square, so a real enlargement of the same scene
    /// has as much less at its top as it is larger; an interpolated one has far less.</summary>
    public bool IsEnlargedBeside(Originality other) =>
        IsLargerThan(other) && TopPower is { } own && other.TopPower is { } others && own + Math.Log10((double)Pixels / other.Pixels) + Blown < others;

    /// <inheritdoc/>
    public int CompareTo(Originality? other)
    {
        if (other is null)
            return 1;
        if (IsLargerThan(other))
            return IsEnlargedBeside(other) ? -1 : 1;
        if (other.IsLargerThan(this))
            return other.IsEnlargedBeside(this) ? 1 : -1;
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
        using var turn = new LargePictureTurn();
        var picture = PictureReader.Decode(bytes, admit: turn.Admit);
        var grey = GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels);
        var own = FrameTrimmer.Trim(grey);
        return new Originality
        {
            Width = picture.Width,
            Height = picture.Height,
            TopPower = TrueResolution.TopPower(grey.Crop(own.X, own.Y, own.Width, own.Height)),
            Quality = CompressionQuality.Of(bytes, grey),
            Framed = own.Width < grey.Width || own.Height < grey.Height,
            Sharpness = TrueResolution.Sharpness(grey),
            Modified = modified,
        };
    }
}
