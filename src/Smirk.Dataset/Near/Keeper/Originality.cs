using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>How original a picture looks by itself. The greater of two is the likelier original.</summary>
public sealed record Originality : IComparable<Originality>
{
    // Measures within these of each other are taken for equal.
    private const double Larger = 1.1;
    private const int BetterQuality = 3;
    private const double Sharper = 1.1;

    // How much less power (logarithm) an enlarged copy has at its top than a real picture of that size would.
    private const double Blown = 0.35;

    // The decoder holds all pixels of a WebP twice, in four channels; it is the only format that people post which isn't read row by row.
    // What is larger is measured at a fraction.
    private static readonly DecodeOptions WebPOptions = new DecodeOptions { MostPixels = DecodeOptions.Large }.Unlimited();
    private static readonly DecodeOptions OtherOptions = DecodeOptions.Default.Unlimited();

    /// <summary>Pixels across.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public required int Height { get; init; }

    /// <summary>Logarithm of the power of its highest frequencies; null when it is too small to tell.</summary>
    public required double? TopPower { get; init; }

    /// <summary>What a compressor left, 0–100: 100 for lossless formats without JPEG's block edges, JPEG's quality by its tables
    /// otherwise.</summary>
    public required int Quality { get; init; }

    /// <summary>Mean strength of its edges, in grey levels.</summary>
    public required double Sharpness { get; init; }

    /// <summary>The file's last change (UTC); null when unknown.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>What else it shows and tells.</summary>
    public Richness Richness { get; init; } = Richness.None;

    /// <summary>Width × height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Whether this picture is larger than <paramref name="other"/>, which shows the same.</summary>
    public bool IsLargerThan(Originality other) => Pixels > other.Pixels * Larger;

    /// <summary>Whether this picture's larger size is only blown up. The power of a picture's frequencies falls with their square, so a
    /// real enlargement of the same scene
    /// has as much less at its top as it is larger; an interpolated one has far less.</summary>
    public bool IsEnlargedBeside(Originality other) =>
        IsLargerThan(other) && TopPower is { } own && other.TopPower is { } others
            && own + Math.Log10((double)Pixels / other.Pixels) + Blown < others;

    /// <inheritdoc/>
    public int CompareTo(Originality? other)
    {
        if (other is null)
            return 1;
        if (IsLargerThan(other))
            return IsEnlargedBeside(other) ? -1 : 1;
        if (other.IsLargerThan(this))
            return other.IsEnlargedBeside(this) ? 1 : -1;
        if (Richness.CompareShown(other.Richness) is var richer and not 0)
            return richer;
        if (Math.Abs(Quality - other.Quality) > BetterQuality)
            return Quality.CompareTo(other.Quality);
        if (Sharpness > other.Sharpness * Sharper || other.Sharpness > Sharpness * Sharper)
            return Sharpness.CompareTo(other.Sharpness);
        if (Richness.Told.CompareTo(other.Richness.Told) is var tells and not 0)
            return tells;
        return Modified is { } own && other.Modified is { } others ? others.CompareTo(own) : 0;
    }

    /// <summary>Measures a picture from its bytes, all pixels decoded, within <paramref name="memory"/>.</summary>
    /// <exception cref="UnusablePictureException">The bytes can't be decoded.</exception>
    internal static Originality Measure(byte[] bytes, DateTime? modified, MemoryBudget memory)
    {
        using var turn = memory.Turn();
        // As stored: nothing that is measured asks which way up the picture is.
        var options = FormatSniffer.Sniff(bytes) == PictureFormat.WebP ? WebPOptions : OtherOptions;
        var grey = PictureReader.DecodeLuminance(bytes, options, turn.Admit);
        var (width, height) = turn.Header.IsTurned ? (turn.Header.Height, turn.Header.Width) : (turn.Header.Width, turn.Header.Height);
        return new Originality
        {
            Width = width,
            Height = height,
            TopPower = TrueResolution.TopPower(grey, FrameTrimmer.Trim(grey)),
            Quality = CompressionQuality.Of(bytes, grey),
            Sharpness = TrueResolution.Sharpness(grey),
            Modified = modified,
            Richness = Richness.Of(bytes),
        };
    }
}
