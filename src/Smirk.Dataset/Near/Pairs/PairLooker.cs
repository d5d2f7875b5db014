using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Near.Pairs;

/// <summary>Compares two pictures for a person to look at, with what the search itself decides by.</summary>
public sealed class PairLooker
{
    // Below, a block shows other content; what the search calls the same is well above.
    private const float Fits = 0.6f;

    // A region of more than that is no place to look at.
    private const double MostOfPicture = 0.7;

    private readonly PairVerifier _verifier = new(PairLimits.Normal);
    private readonly MemoryBudget _memory = new();

    /// <summary>Compares them; takes some tenths of a second.</summary>
    /// <param name="member">The bytes of the one that may go.</param>
    /// <param name="keeper">The bytes of the one that may stay.</param>
    /// <exception cref="UnusablePictureException">One of them can't be decoded.</exception>
    public PairLook Look(byte[] member, byte[] keeper)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(keeper);
        var (a, b) = (PreparedPicture.Decode(member, _memory), PreparedPicture.Decode(keeper, _memory));
        var match = _verifier.Verify(a, b);
        return new PairLook
        {
            Match = match,
            Region = match is null ? null : match.Difference ?? RegionOf(a, b, match),
            Statements = PairStatements.Of(
                Originality.Measure(member, null, _memory), Originality.Measure(keeper, null, _memory), match),
        };
    }

    // Around the blocks that don't fit.
    private static PictureRegion? RegionOf(PreparedPicture member, PreparedPicture keeper, PairMatch match)
    {
        if (AlignedPair.Lay(match.Mirrored ? member.Grey.Mirror() : member.Grey, keeper.Grey, match.Map) is not { } pair)
            return null;
        var blocks = BlockComparison.Compare(pair);
        var back = pair.ToFrameB.Inverse();
        var (left, top, right, bottom) = (1.0, 1.0, 0.0, 0.0);
        for (var at = 0; at < blocks.Similarity.Length; at++)
        {
            if (!blocks.Valid[at] || !blocks.Textured[at] || blocks.Similarity[at] >= Fits)
                continue;
            var (x, y) = BlockComparison.Place(pair, at);
            foreach (var (cornerX, cornerY) in new[] { (x, y), (x + BlockComparison.Block, y + BlockComparison.Block) })
            {
                var (keeperX, keeperY) = back.Map(cornerX, cornerY);
                (left, top) = (Math.Min(left, keeperX / keeper.Grey.Width), Math.Min(top, keeperY / keeper.Grey.Height));
                (right, bottom) = (Math.Max(right, keeperX / keeper.Grey.Width), Math.Max(bottom, keeperY / keeper.Grey.Height));
            }
        }

        (left, top, right, bottom) = (Math.Max(0, left), Math.Max(0, top), Math.Min(1, right), Math.Min(1, bottom));
        return right <= left || bottom <= top || (right - left) * (bottom - top) > MostOfPicture ? null
            : new PictureRegion(left, top, right - left, bottom - top);
    }
}
