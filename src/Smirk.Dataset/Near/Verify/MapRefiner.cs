using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Makes a map fit better all over: where each block of pixels fits best says more about the rim than keypoints, which crowd in
/// the middle.</summary>
internal static class MapRefiner
{
    // Blocks that fit this well know where they belong.
    private const float Sure = 0.75f;

    // A homography of fewer blocks would bend to their rounding.
    private const int LeastBlocks = 20;

    /// <summary>The map through the blocks' best places; null when too few are sure or they agree on none.</summary>
    /// <param name="pair">The pair as the map lays it.</param>
    /// <param name="blocks">How its blocks fit.</param>
    /// <param name="bends">Whether more than a turn, a scale and a shift may have happened.</param>
    public static Homography? Refine(AlignedPair pair, BlockComparison blocks, bool bends)
    {
        var (from, to) = (new List<float>(), new List<float>());
        var (backA, backB) = (pair.ToFrameA.Inverse(), pair.ToFrameB.Inverse());
        var (offsetX, offsetY) =
            ((pair.A.Width - (blocks.Columns * BlockComparison.Block)) / 2, (pair.A.Height - (blocks.Rows * BlockComparison.Block)) / 2);
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i] || !blocks.Textured[i] || blocks.Similarity[i] < Sure)
                continue;
            var x = offsetX + (i % blocks.Columns * BlockComparison.Block) + ((BlockComparison.Block - 1) / 2.0);
            var y = offsetY + (i / blocks.Columns * BlockComparison.Block) + ((BlockComparison.Block - 1) / 2.0);
            var (a, b) = (backA.Map(x, y), backB.Map(x + blocks.Shifts[i].X, y + blocks.Shifts[i].Y));
            from.AddRange([(float)a.X, (float)a.Y]);
            to.AddRange([(float)b.X, (float)b.Y]);
        }

        if (from.Count / 2 < LeastBlocks)
            return null;
        var pixel = Math.Sqrt(Math.Abs(backB.Jacobian(pair.B.Width / 2.0, pair.B.Height / 2.0)));
        var fit = bends ? ModelFit.Homography([.. from], [.. to], 2 * pixel) : ModelFit.Similarity([.. from], [.. to], 2 * pixel);
        return fit?.Map;
    }
}
