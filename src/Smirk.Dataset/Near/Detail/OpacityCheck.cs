using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Detail;

/// <summary>Decides whether two transparent pictures that look the same over one ground are clear in the same places: on another ground
/// something else may show.</summary>
internal static class OpacityCheck
{
    // Opacity further apart than this shows, of 255; edges that were smoothed otherwise are passed over by the residual.
    private const int Apart = 64;

    // Share of the pixels, and how many at least: a line or a letter.
    private const double Share = 0.002;
    private const int Least = 40;

    /// <summary>Where in the keeper one of the two is clear and the other isn't; null where that is nowhere.</summary>
    /// <param name="member">How opaque the member is (<see cref="DetailPicture.DecodeAlpha"/>).</param>
    /// <param name="keeper">How opaque the keeper is.</param>
    /// <param name="match">How they lie on each other.</param>
    public static PictureRegion? Find(DetailPicture member, DetailPicture keeper, PairMatch match)
    {
        var map = DetailCheck.MapOf(member, keeper, match);
        if (DetailPair.Lay(match.Mirrored ? member.Mirror() : member, keeper, map) is not { } pair)
            return null;
        var residual = LumaResidual.Of(pair.LumaA, pair.LumaB, pair.Width, pair.Height);
        var (count, left, top, right, bottom) = (0, pair.Width, pair.Height, 0, 0);
        for (var i = 0; i < residual.Length; i++)
        {
            if (residual[i] <= Apart)
                continue;
            count++;
            (left, right) = (Math.Min(left, i % pair.Width), Math.Max(right, (i % pair.Width) + 1));
            (top, bottom) = (Math.Min(top, i / pair.Width), Math.Max(bottom, (i / pair.Width) + 1));
        }

        return count > Math.Max(Least, Share * residual.Length) ? DetailCheck.InKeeper(pair, keeper, left, top, right, bottom) : null;
    }
}
