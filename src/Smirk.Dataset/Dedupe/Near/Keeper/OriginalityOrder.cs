using Smirk.Dataset.Dedupe.Near.Verify;

namespace Smirk.Dataset.Dedupe.Near.Keeper;

/// <summary>Tells which of two matched pictures was made from the other, by what they have of each other before what they look like.</summary>
internal static class OriginalityOrder
{
    // What one has beyond the other before that decides: less is rounding.
    private const double Beyond = 0.03;

    /// <summary>Whether <paramref name="member"/> is more original than the keeper that it was matched with.</summary>
    public static bool IsMoreOriginal(Originality member, Originality keeper, PairMatch match)
    {
        var (memberBeyond, keeperBeyond) = (1 - match.ShareOfMember, 1 - match.ShareOfKeeper);
        // A photo, a screenshot, a border, a caption: the member was made from the keeper.
        if (match.Kind is NearKind.Photo or NearKind.Screenshot or NearKind.Border or NearKind.Caption)
            return false;
        // The member lies inside the keeper: either the keeper has something around it, or the member is a crop.
        if (keeperBeyond > Beyond && memberBeyond < Beyond)
            return keeper.Framed && !member.Framed;
        if (match.Kind == NearKind.Rotate && memberBeyond > 0.005)
            return false;
        return member.CompareUnframed(keeper) > 0;
    }
}
