namespace Smirk.Dataset.Near.Verify;

/// <summary>What a pair of pictures has to show to be duplicates. Where right and wrong pairs lie is in docs/near-duplicates.md.</summary>
internal sealed record PairLimits
{
    /// <summary>Keypoints that have to agree on one map; pairs that don't belong together rarely get past 10.</summary>
    public int LeastInliers { get; init; } = 10;

    /// <summary>How much of at least one of the two pictures the overlap has to cover: a caption that two pictures share covers
    /// less.</summary>
    public double LeastShare { get; init; } = 0.4;

    /// <summary>The same of two flat pictures, which share strokes and empty ground with many: one of them has to be a part of the
    /// other.</summary>
    public double LeastShareOfFlat { get; init; } = 0.85;

    /// <summary>Blocks of 16 × 16 frame pixels that hold something; fewer say too little.</summary>
    public int LeastBlocks { get; init; } = 8;

    /// <summary>Share of those that has to fit, 0–1.</summary>
    public double LeastAgreement { get; init; } = 0.72;

    /// <summary>The same where no keypoints speak for the map.</summary>
    public double LeastAgreementByHash { get; init; } = 0.9;

    /// <summary>Share of the blocks from which on a pair with other content is an alternate rather than unrelated.</summary>
    public double LeastAgreementOfAlternate { get; init; } = 0.7;

    /// <summary>Correlation of the brightness of areas that copies keep; the same drawing in other colours falls below.</summary>
    public double LeastBrightness { get; init; } = 0.75;

    /// <summary>Share of the areas' chroma that one change of tone has to explain.</summary>
    public double LeastChroma { get; init; } = 0.6;

    /// <summary>PDQ distance up to which equal hashes propose a map; upstream's own threshold.</summary>
    public int HashRadius { get; init; } = 31;

    /// <summary>The usual limits.</summary>
    public static PairLimits Normal { get; } = new();

    /// <summary>Fewer finds, each plainer.</summary>
    public static PairLimits Careful { get; } =
        new() { LeastInliers = 20, LeastAgreement = 0.85, LeastShare = 0.5, LeastAgreementByHash = 0.95 };

    /// <summary>Whether the pair is related at all, and whether only as an alternate.</summary>
    public bool Accepts(BlockSummary summary, ContentDifference differences, ColourAgreement colours, AlignedPair pair, out bool alternate)
    {
        alternate = differences.IsOtherContent || summary.Agreement < LeastAgreement || colours.Brightness < LeastBrightness
            || colours.Chroma < LeastChroma;
        if (!alternate)
            return true;
        // A template is the same picture all over but for a part; two screens of one program are not one template.
        return summary.Agreement >= LeastAgreementOfAlternate && Math.Min(pair.ShareOfA, pair.ShareOfB) > 0.6;
    }
}
