using System.Globalization;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Which measures drop a crop. Null doesn't drop.</summary>
public sealed record DropRules
{
    /// <summary>Monochrome: drops what has less <see cref="CropMeasures.Colour"/> than this.</summary>
    public double? Grey { get; init; }

    /// <summary>Drops what has less <see cref="CropMeasures.Sharpness"/> than this.</summary>
    public double? Blurry { get; init; }

    /// <summary>Drops bare faces narrower than this, in pixels.</summary>
    public double? Small { get; init; }

    /// <summary>Drops what has less <see cref="CropMeasures.Brightness"/> than this.</summary>
    public double? Dark { get; init; }

    /// <summary>The thresholds that the bare words stand for, and below which a crop is doubtful.</summary>
    public static readonly DropRules Usual = new() { Grey = 8, Blurry = 0.06, Small = 64, Dark = 50 };

    /// <summary>Reads <c>grey,blurry,small=96,dark</c>.</summary>
    /// <exception cref="UsageException">A word or a number is none of these.</exception>
    public static DropRules Parse(string text)
    {
        var rules = new DropRules();
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = item.Split('=', 2);
            double? given = null;
            if (parts.Length == 2)
            {
                if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= 0)
                    || double.IsInfinity(number))
                    throw new UsageException($"'{parts[1]}' in --drop {text} is no threshold; expected a number from 0, such as small=96.");
                given = number;
            }

            rules = parts[0] switch
            {
                "grey" or "gray" => rules with { Grey = given ?? Usual.Grey },
                "blurry" => rules with { Blurry = given ?? Usual.Blurry },
                "small" => rules with { Small = given ?? Usual.Small },
                "dark" => rules with { Dark = given ?? Usual.Dark },
                _ => throw new UsageException($"'{parts[0]}' in --drop {text} is unknown; expected grey, blurry, small or dark."),
            };
        }

        return rules;
    }
}
