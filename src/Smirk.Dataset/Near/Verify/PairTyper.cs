using Smirk.Dataset.Near.Prepare;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Names what happened to the keeper on its way to the member: from the map, and from what each has outside of the
/// other.</summary>
internal static class PairTyper
{
    // Below these a difference comes from rounding, not from somebody's hand.
    private const double Outside = 0.03;
    private const double Slanted = 0.025;
    private const double TurnedDegrees = 1;
    private const double ResizedBy = 0.02;
    private const double TonedGain = 0.08;
    private const double TonedOffset = 8;

    // A picture turned in its own frame has empty corners; a frame that has more around the picture was photographed.
    private const double TurnedCorners = 0.3;

    // A border or caption leaves most of the member to the picture; less is a page with a picture in it.
    private const double MostlyPicture = 0.5;

    /// <summary>The match with its kind, and with which of the two the other one was set into.</summary>
    public static PairMatch Type(
        PreparedPicture member, PreparedPicture keeper, PairMatch match, AlignedPair pair, BlockComparison blocks,
        ContentDifference differences)
    {
        var (memberExtra, keeperExtra) = (1 - match.ShareOfMember > Outside, 1 - match.ShareOfKeeper > Outside);
        var aroundKeeper =
            memberExtra ? Surroundings.Of(match.Mirrored ? member.Grey.Mirror() : member.Grey, match.Map, match.KeeperSize) : default;
        var back = match.Placement.Inverse();
        var aroundMember =
            keeperExtra ? Surroundings.Of(match.Mirrored ? keeper.Grey.Mirror() : keeper.Grey, back.Map, match.MemberSize) : default;
        var kind = KindOf(member, keeper, match, pair, blocks, differences, memberExtra ? aroundKeeper : null);
        return match with
        {
            Kind = kind,
            MemberIsMade = aroundKeeper.IsMade || differences.Lettered == Side.A,
            KeeperIsMade = aroundMember.IsMade || differences.Lettered == Side.B,
        };
    }

    private static NearKind KindOf(
        PreparedPicture member, PreparedPicture keeper, PairMatch match, AlignedPair pair, BlockComparison blocks,
            ContentDifference differences, Surroundings? around)
    {
        var grey = member.Grey;
        if (MapShape.Slant(match.Map, grey.Width, grey.Height) > Slanted)
            return NearKind.Photo;
        if (Math.Abs(MapShape.Turn(match.Map, grey.Width, grey.Height)) > TurnedDegrees)
            return around is { IsMade: true } && 1 - match.ShareOfMember > TurnedCorners ? NearKind.Photo : NearKind.Rotate;
        // An empty page is as plain as a border; how much of it the picture takes tells them apart.
        if (around is { IsPlain: true } || around is { IsMade: true })
        {
            if (match.ShareOfMember < MostlyPicture)
                return NearKind.Screenshot;
            return around.Value.IsPlain ? NearKind.Border : around.Value.IsBand ? NearKind.Caption : NearKind.Screenshot;
        }

        if (match.Mirrored)
            return NearKind.Mirror;
        if (differences.Lettered != Side.Neither)
            return NearKind.Caption;
        if (around is not null || 1 - match.ShareOfKeeper > Outside)
            return NearKind.Crop;
        if (Math.Abs(((double)member.Width / keeper.Width) - 1) > ResizedBy
            || Math.Abs(((double)member.Height / keeper.Height) - 1) > ResizedBy)
            return NearKind.Resize;
        var tone = ToneMap.Fit(pair, blocks);
        return Math.Abs(tone.Gain - 1) > TonedGain || Math.Abs(tone.Apply(128) - 128) > TonedOffset ? NearKind.Tone : NearKind.ReEncode;
    }
}
