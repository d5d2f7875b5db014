using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Pairs;

/// <summary>What a person is shown of two pictures that may be the same: how one lies on the other, and in what they differ.</summary>
public sealed record PairLook
{
    /// <summary>How the member lies on the keeper; null where no map was found, and they can only be looked at side by side.</summary>
    public PairMatch? Match { get; init; }

    /// <summary>Where in the keeper they differ most; null where they differ nowhere, or all over.</summary>
    public PictureRegion? Region { get; init; }

    /// <summary>Only what differs, each said of the member; what speaks against it first.</summary>
    public required IReadOnlyList<PairStatement> Statements { get; init; }
}

/// <summary>One thing in which a member differs from its keeper.</summary>
/// <param name="Sign">−1 where it speaks against the member, 1 where it speaks for it, 0 where it says nothing of either.</param>
/// <param name="Code">What it is about, such as "size".</param>
/// <param name="Text">A short phrase about the member, such as "smaller: 400 × 300, not 800 × 600".</param>
public sealed record PairStatement(int Sign, string Code, string Text);
