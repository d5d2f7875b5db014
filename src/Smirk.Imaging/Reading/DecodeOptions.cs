namespace Smirk.Imaging.Reading;

/// <summary>Limits and wishes for decoding.</summary>
public sealed record DecodeOptions
{
    /// <summary>The default limits.</summary>
    public static readonly DecodeOptions Default = new();

    /// <summary>Most pixels (width × height) that are decoded, looked up in the header before any pixel is. 100 million take 300
    /// MB.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Longest file in bytes that is read.</summary>
    public long MaxBytes { get; init; } = 50_000_000;

    /// <summary>Pixels of a large picture: more than anybody posts, but for scans and panoramas.</summary>
    public const long Large = 16_000_000;

    /// <summary>The shortest side wanted, in pixels: a JPEG, and a <see cref="Large"/> picture of any format, may then be decoded at ½, ¼
    /// or ⅛ of its size, never below twice this.
    /// Null decodes all pixels.</summary>
    public int? ShrinkTo { get; init; }

    /// <summary>Pictures of more pixels come out at ½, ¼ or ⅛ of their size, whatever their format, so that no more are left (but for ⅛ of
    /// more than 64 times as many).
    /// Formats that are read row by row (JPEG, PNG, TIFF) are never there as a whole then.</summary>
    public long MostPixels { get; init; } = long.MaxValue;

    /// <summary>The same wishes without limits, for pictures that were judged before, such as when they were imported.</summary>
    public DecodeOptions Unlimited() => this with { MaxPixels = long.MaxValue, MaxBytes = long.MaxValue };
}
