using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>Tells which of two matched pictures was made from the other, by what they have of each other before what they look
/// like.</summary>
internal static class OriginalityOrder
{
    // What one has beyond the other before that decides: less is rounding.
    private const double Beyond = 0.03;

    /// <summary>Whether <paramref name="member"/> is more original than the keeper that it was matched with.</summary>
    public static bool IsMoreOriginal(Originality member, Originality keeper, PairMatch match)
    {
        // A page, a border or a table around a picture was put there later.
        if (match.MemberIsMade != match.KeeperIsMade)
            return match.KeeperIsMade;
        // Where the picture simply goes on, the other one was cut out of it.
        var (memberBeyond, keeperBeyond) = (1 - match.ShareOfMember, 1 - match.ShareOfKeeper);
        if (!match.MemberIsMade && Math.Abs(memberBeyond - keeperBeyond) > Beyond)
            return memberBeyond > keeperBeyond;
        return member.CompareTo(keeper) > 0;
    }
}
