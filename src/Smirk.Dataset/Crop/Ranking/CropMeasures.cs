namespace Smirk.Dataset.Crop.Ranking;

/// <summary>What can be measured of a crop. All of it is taken at 128 pixels a side, or at the crop's own size where that is less, but for
/// sizes and blocks.</summary>
public sealed record CropMeasures
{
    /// <summary>Side of the bare face, pixels of the picture.</summary>
    public required double Face { get; init; }

    /// <summary>Side of the crop, pixels of the picture.</summary>
    public required double Side { get; init; }

    /// <summary>How much is lost when the crop is halved and doubled again, by its contrast: enlarged and blurred ones lose next to
    /// nothing. About 0 to 0.5.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Standard deviation of the luminance, 0 to 127.</summary>
    public required double Contrast { get; init; }

    /// <summary>Mean luminance, 0 to 255.</summary>
    public required double Brightness { get; init; }

    /// <summary>Share of pixels that are pure white, 0 to 1.</summary>
    public required double Blown { get; init; }

    /// <summary>Share of pixels that are pure black, 0 to 1.</summary>
    public required double Crushed { get; init; }

    /// <summary>Mean difference of a pixel's largest and smallest colour value, 0 to 255; about 0 in monochrome pictures.</summary>
    public required double Colour { get; init; }

    /// <summary>Steps at every eighth column and row by the steps elsewhere; 1 without visible compression blocks.</summary>
    public required double Blocks { get; init; }

    /// <summary>Share of the upper or lower third that looks like lettering, white on black or black on white: 0 to 1.</summary>
    public required double Text { get; init; }

    /// <summary>Share of the crop that lies outside the picture and was reflected: 0 to 1.</summary>
    public required double Outside { get; init; }

    /// <summary>The detector's score, 0 to 1; null where no face was looked for.</summary>
    public required double? Score { get; init; }
}
