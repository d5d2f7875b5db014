using Smirk.Dataset.Dedupe.Near.Prepare;

namespace Smirk.Dataset.Dedupe.Near.Verify;

/// <summary>Names what happened to the keeper on its way to the member: from the map, and from what the member has outside of the keeper.</summary>
internal static class PairTyper
{
    // Below these a difference comes from rounding, not from somebody's hand.
    private const double Outside = 0.03;
    private const double Slanted = 0.025;
    private const double TurnedDegrees = 1;
    private const double TurnedCorners = 0.3;
    private const double ResizedBy = 0.02;
    private const double TonedGain = 0.08;
    private const double TonedOffset = 8;

    // A border or caption leaves most of the member to the picture; less is a page with a picture in it.
    private const double MostlyPicture = 0.5;

    /// <summary>The kind of the pair.</summary>
    public static NearKind KindOf(PreparedPicture member, PreparedPicture keeper, PairMatch match, AlignedPair pair, ContentDifference differences)
    {
        var grey = member.Grey;
        if (MapShape.Slant(match.Map, grey.Width, grey.Height) > Slanted)
            return NearKind.Photo;
        var extra = 1 - match.ShareOfMember;
        // A picture turned in its own frame has empty corners; a frame that is mostly something else was photographed.
        var turn = MapShape.Turn(match.Map, grey.Width, grey.Height);
        if (Math.Abs(turn) > TurnedDegrees)
            return extra > TurnedCorners ? NearKind.Photo : NearKind.Rotate;
        if (extra > Outside && Surroundings.Of(member, match) is { } around)
            return around.IsPlain ? NearKind.Border : match.ShareOfMember < MostlyPicture || !around.IsBand ? NearKind.Screenshot : NearKind.Caption;
        if (match.Mirrored)
            return NearKind.Mirror;
        if (differences.Lettering)
            return NearKind.Caption;
        if (1 - match.ShareOfKeeper > Outside)
            return NearKind.Crop;
        if (Math.Abs(((double)member.Width / keeper.Width) - 1) > ResizedBy || Math.Abs(((double)member.Height / keeper.Height) - 1) > ResizedBy)
            return NearKind.Resize;
        var tone = ToneMap.Fit(pair, BlockComparison.Compare(pair));
        return Math.Abs(tone.Gain - 1) > TonedGain || Math.Abs(tone.Apply(128) - 128) > TonedOffset ? NearKind.Tone : NearKind.ReEncode;
    }
}
