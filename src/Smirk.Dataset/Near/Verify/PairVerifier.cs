using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Decides whether two pictures show the same: finds the map between them from their keypoints, lays one over the other and
/// compares pixels.</summary>
/// <param name="limits">What is asked of a pair.</param>
internal sealed class PairVerifier(PairLimits limits)
{
    // How far keypoints may miss the map, in working pixels: for a first similarity, and for the homography of bent or slanted pictures.
    private const double CoarseTolerance = 4;
    private const double FineTolerance = 3;

    // Of 1,382 true pairs none lies below: the lowest are 0.19 and 0.12, photos of a screen within a screenshot and sepia turned aslant.
    private const double HopelessBrightness = 0.15;
    private const double HopelessChroma = 0.1;

    // Share of blocks that fit from which on a map can't be made much better.
    private const double Plain = 0.97;

    /// <summary>How <paramref name="member"/> matches <paramref name="keeper"/>; null when it doesn't. An alternate is a match of that
    /// kind.</summary>
    /// <param name="member">The first picture.</param>
    /// <param name="keeper">The second picture.</param>
    /// <param name="mirrored">Which way round keypoints said that the first lies on the second; null to try both, and equal hashes
    /// too.</param>
    public PairMatch? Verify(PreparedPicture member, PreparedPicture keeper, bool? mirrored = null)
    {
        if (mirrored is { } way)
            return ByKeypoints(member, keeper, way);
        var straight = ByKeypoints(member, keeper, mirrored: false);
        if (straight is { Kind: not NearKind.Alternate })
            return straight;
        var turned = ByKeypoints(member, keeper, mirrored: true);
        if (turned is { Kind: not NearKind.Alternate })
            return turned;
        return ByHashes(member, keeper) ?? straight ?? turned;
    }

    /// <summary>The same where it is known how the two ought to lie on each other, from a picture between them: its pixels decide,
    /// keypoints aren't asked again.</summary>
    public PairMatch? VerifyAlong(PreparedPicture member, PreparedPicture keeper, in Placement placement) =>
        Compare(member, keeper, placement.Mirrored ? member.Grey.Mirror() : member.Grey, new ModelFit.Fit(placement.Map, []),
            placement.Mirrored, limits.LeastInliers);

    private PairMatch? ByKeypoints(PreparedPicture member, PreparedPicture keeper, bool mirrored)
    {
        var (from, to) = FeatureMatcher.Match(mirrored ? member.MirroredFeatures : member.Features, keeper.Features);
        if (from.Length / 2 < limits.LeastInliers)
            return null;
        if (ModelFit.Similarity(from, to, CoarseTolerance) is not { } similarity || similarity.Count < limits.LeastInliers)
            return null;
        // Drawings of one hand share corners by the dozen; their colours are told apart without drawing anything.
        if (ColourAgreement.Of(member, mirrored, keeper, similarity.Map) is var colours
            && (colours.Brightness < HopelessBrightness || colours.Chroma < HopelessChroma))
            return null;

        var grey = mirrored ? member.Grey.Mirror() : member.Grey;
        var best = Compare(member, keeper, grey, similarity, mirrored);
        // A slanted photo needs the homography; a flat copy is steadier without it, and line art isn't photographed.
        if (AreFlat(member, keeper))
            return best;
        if (best is null || best.Agreement < Plain || best.Kind == NearKind.Alternate)
        {
            if (ModelFit.Homography(from, to, FineTolerance) is { } projective && projective.Count >= similarity.Count * 0.8
                && Compare(member, keeper, grey, projective, mirrored) is { } slanted
                    && (best is null || slanted.Agreement > best.Agreement + 0.01))
            {
                best = slanted;
            }
        }

        return best;
    }

    private PairMatch? Compare(
        PreparedPicture member, PreparedPicture keeper, GreyPicture grey, ModelFit.Fit fit, bool mirrored, int? inliers = null)
    {
        if (!MapShape.IsPlausible(fit.Map, grey.Width, grey.Height) || AlignedPair.Lay(grey, keeper.Grey, fit.Map) is not { } pair)
            return null;
        var blocks = BlockComparison.Compare(pair);
        var (map, agreement) = (fit.Map, BlockSummary.Of(blocks).Agreement);
        // Half a map's misfit looks like other content, so that is looked for again where all fits.
        if (agreement > 0.3 && (agreement < Plain || ContentDifference.Find(pair, blocks).IsOtherContent)
            && MapRefiner.Refine(pair, blocks, bends: !AreFlat(member, keeper)) is { } finer
            && MapShape.IsPlausible(finer, grey.Width, grey.Height)
            && AlignedPair.Lay(grey, keeper.Grey, finer) is { } finerPair)
        {
            var finerBlocks = BlockComparison.Compare(finerPair);
            if (BlockSummary.Of(finerBlocks).Agreement > agreement)
                (map, pair, blocks) = (finer, finerPair, finerBlocks);
        }

        return Judge(member, keeper, pair, blocks, map, inliers ?? fit.Count, mirrored);
    }

    // Pictures with too few keypoints, such as plain drawings, can still be equal all over: hashes propose the map then.
    private PairMatch? ByHashes(PreparedPicture member, PreparedPicture keeper)
    {
        foreach (var (hashes, box) in new[] { (member.Whole, Whole(member)), (member.Trimmed, member.Own) })
        {
            foreach (var (hash, target) in new[] { (keeper.Whole[0], Whole(keeper)), (keeper.Trimmed[0], keeper.Own) })
            {
                for (var turn = 0; turn < hashes.Length; turn++)
                {
                    if (hashes[turn].Distance(hash) > limits.HashRadius)
                        continue;
                    var map = MapShape.Lay(box, target, turn);
                    var mirrored = map.Determinant < 0;
                    var grey = mirrored ? member.Grey.Mirror() : member.Grey;
                    if (mirrored)
                        map = Homography.Mirror(grey.Width).Then(map);
                    if (AlignedPair.Lay(grey, keeper.Grey, map) is { } pair
                        && Judge(member, keeper, pair, BlockComparison.Compare(pair), map, 0, mirrored) is { } match)
                        return match;
                }
            }
        }

        return null;

        static PictureBox Whole(PreparedPicture picture) => new(0, 0, picture.Grey.Width, picture.Grey.Height);
    }

    private static bool AreFlat(PreparedPicture one, PreparedPicture other) => one.IsFlat && other.IsFlat;

    private PairMatch? Judge(
        PreparedPicture member, PreparedPicture keeper, AlignedPair pair, BlockComparison blocks, in Homography map, int inliers,
        bool mirrored)
    {
        var leastShare = AreFlat(member, keeper) ? limits.LeastShareOfFlat : limits.LeastShare;
        if (Math.Max(pair.ShareOfA, pair.ShareOfB) < leastShare)
            return null;
        var summary = BlockSummary.Of(blocks);
        if (summary.Textured < limits.LeastBlocks || (inliers == 0 && summary.Agreement < limits.LeastAgreementByHash))
            return null;

        var differences = ContentDifference.Find(pair, blocks);
        var colours = ColourAgreement.Of(member, mirrored, keeper, pair, blocks);
        if (!limits.Accepts(summary, differences, colours, pair, out var alternate))
            return null;
        var match = new PairMatch
        {
            Kind = NearKind.Alternate,
            Similarity = summary.Similarity,
            Agreement = summary.Agreement,
            ShareOfMember = pair.ShareOfA,
            ShareOfKeeper = pair.ShareOfB,
            Inliers = inliers,
            Map = map,
            Mirrored = mirrored,
            MemberSize = (member.Grey.Width, member.Grey.Height),
            KeeperSize = (keeper.Grey.Width, keeper.Grey.Height),
            BrightnessAgreement = colours.Brightness,
            ChromaAgreement = colours.Chroma,
        };
        return alternate ? match : PairTyper.Type(member, keeper, match, pair, blocks, differences);
    }
}
