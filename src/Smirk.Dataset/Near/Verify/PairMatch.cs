using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Two pictures that show the same, and how one lies on the other. "Member" and "keeper" are the first and second picture that
/// were compared.</summary>
public sealed record PairMatch
{
    /// <summary>What the member is to the keeper.</summary>
    public required NearKind Kind { get; init; }

    /// <summary>Mean correlation of the blocks that have something to compare, 0–1.</summary>
    public required double Similarity { get; init; }

    /// <summary>Share of those blocks that fit, 0–1.</summary>
    public required double Agreement { get; init; }

    /// <summary>How much of the member's area the keeper covers, 0–1.</summary>
    public required double ShareOfMember { get; init; }

    /// <summary>How much of the keeper's area the member covers, 0–1.</summary>
    public required double ShareOfKeeper { get; init; }

    /// <summary>Keypoints that agree on the map; 0 when it came from equal hashes.</summary>
    public required int Inliers { get; init; }

    /// <summary>From the member's working pixels, mirrored first where <see cref="Mirrored"/>, to the keeper's.</summary>
    public required Homography Map { get; init; }

    /// <summary>Whether left and right are swapped.</summary>
    public required bool Mirrored { get; init; }

    /// <summary>The member's working size.</summary>
    public required (int Width, int Height) MemberSize { get; init; }

    /// <summary>The keeper's working size.</summary>
    public required (int Width, int Height) KeeperSize { get; init; }

    /// <summary>Correlation of the brightness of areas, −1–1.</summary>
    public required double BrightnessAgreement { get; init; }

    /// <summary>Share of the areas' chroma that one change of tone explains, 0–1.</summary>
    public required double ChromaAgreement { get; init; }

    /// <summary>Whether the member has something around the keeper's picture that this was set into.</summary>
    public bool MemberIsMade { get; init; }

    /// <summary>Whether the keeper has something around the member's picture that this was set into.</summary>
    public bool KeeperIsMade { get; init; }

    /// <summary>Where in the keeper the member shows something else, for an alternate that agrees everywhere but there; null
    /// otherwise.</summary>
    public PictureRegion? Difference { get; init; }

    /// <summary>Whether they are related, but no copies of each other.</summary>
    public bool IsAlternate => Kind.IsAlternate();

    internal Placement Placement => new(Map, Mirrored, MemberSize.Width, KeeperSize.Width);

    /// <summary>How near this came to being refused, 0 (plain) to 1.</summary>
    public double Doubt =>
        Math.Clamp(1 - (Math.Min(Similarity, Agreement) * Math.Min(1, 0.5 + (Math.Max(ShareOfMember, ShareOfKeeper) / 2))), 0, 1);
}
