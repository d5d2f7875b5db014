using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Whether the areas between the lines agree as well: the same drawing in other colours is another picture, a copy in another tone
/// is not.
/// Brightness may change along a straight line, chroma may be scaled, turned and shifted, all over alike.</summary>
/// <param name="Brightness">Correlation of the blocks' brightness, −1–1; 1 where there is nothing to tell.</param>
/// <param name="Chroma">Share of the blocks' chroma that one change of tone explains, 0–1; 1 where one of the two is nearly grey.</param>
internal readonly record struct ColourAgreement(double Brightness, double Chroma)
{
    // Blocks that a caption, glare or a rim may spoil.
    private const double Spoilt = 0.15;

    // No tone filter turns hues further (60°); hair dyed in another colour does.
    private const double FarthestTurn = Math.PI / 3;

    // Mean squares under which there is no colour, or no brightness, to compare.
    private const double Grey = 16;
    private const double Even = 25;

    /// <summary>Compares the blocks that both pictures cover.</summary>
    public static ColourAgreement Of(
        PreparedPicture member, bool mirrored, PreparedPicture keeper, AlignedPair pair, BlockComparison blocks)
    {
        var samples = new List<Sample>();
        var (backA, backB) = (pair.ToFrameA.Inverse(), pair.ToFrameB.Inverse());
        var (left, top) =
            ((pair.A.Width - (blocks.Columns * BlockComparison.Block)) / 2, (pair.A.Height - (blocks.Rows * BlockComparison.Block)) / 2);
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i])
                continue;
            var (x, y) =
                (left + ((i % blocks.Columns) + 0.5) * BlockComparison.Block, top + ((i / blocks.Columns) + 0.5) * BlockComparison.Block);
            var (a, b) = (Place(backA, x, y, member), Place(backB, x, y, keeper));
            var (colourA, colourB) = (member.Colours.At(mirrored ? 1 - a.X : a.X, a.Y), keeper.Colours.At(b.X, b.Y));
            samples.Add(new Sample(colourA.Y, colourB.Y, new(colourA.Cb, colourA.Cr), new(colourB.Cb, colourB.Cr)));
        }

        return samples.Count < 12 ? new ColourAgreement(1, 1) : new ColourAgreement(Correlate(samples), Explain(samples));
    }

    /// <summary>The same by the map alone, from places all over the overlap: costs a hundredth of laying one picture over the
    /// other.</summary>
    public static ColourAgreement Of(PreparedPicture member, bool mirrored, PreparedPicture keeper, in Homography map)
    {
        const int places = 12;
        var samples = new List<Sample>(places * places);
        for (var row = 0; row < places; row++)
        {
            for (var column = 0; column < places; column++)
            {
                var (x, y) = ((column + 0.5) / places, (row + 0.5) / places);
                var (px, py) = map.Map(x * member.Grey.Width, y * member.Grey.Height);
                if (px < 0 || py < 0 || px >= keeper.Grey.Width || py >= keeper.Grey.Height)
                    continue;
                var (colourA, colourB) =
                    (member.Colours.At(mirrored ? 1 - x : x, y), keeper.Colours.At(px / keeper.Grey.Width, py / keeper.Grey.Height));
                samples.Add(new Sample(colourA.Y, colourB.Y, new(colourA.Cb, colourA.Cr), new(colourB.Cb, colourB.Cr)));
            }
        }

        return samples.Count < 12 ? new ColourAgreement(1, 1) : new ColourAgreement(Correlate(samples), Explain(samples));
    }

    private static (double X, double Y) Place(in Homography back, double x, double y, PreparedPicture picture)
    {
        var (px, py) = back.Map(x, y);
        return (px / picture.Grey.Width, py / picture.Grey.Height);
    }

    private static double Correlate(List<Sample> samples)
    {
        var kept = samples;
        for (var round = 0; round < 2; round++)
        {
            var (meanA, meanB) = (kept.Average(s => s.LumaA), kept.Average(s => s.LumaB));
            var (squareA, squareB) = (kept.Average(s => Square(s.LumaA - meanA)), kept.Average(s => Square(s.LumaB - meanB)));
            if (squareA < Even || squareB < Even)
                return 1;
            var product = kept.Average(s => (s.LumaA - meanA) * (s.LumaB - meanB));
            if (round == 1)
                return product / Math.Sqrt(squareA * squareB);
            var gain = product / squareA;
            kept = Best(samples, s => Math.Abs(s.LumaB - meanB - (gain * (s.LumaA - meanA))));
        }

        return 1;
    }

    // Least squares for b = m a + c with complex numbers: m scales and turns all chroma alike, c tints it. What a picture's own brightness
    // explains is tint, too:
    // of sepia nothing is left to compare.
    private static double Explain(List<Sample> all)
    {
        var samples = Untinted(all);
        var kept = samples;
        for (var round = 0; round < 2; round++)
        {
            var (meanA, meanB) = (Mean(kept.Select(s => s.ChromaA)), Mean(kept.Select(s => s.ChromaB)));
            var squareA = kept.Average(s => Square((s.ChromaA - meanA).Magnitude));
            var squareB = kept.Average(s => Square((s.ChromaB - meanB).Magnitude));
            if (squareA < Grey || squareB < Grey)
                return 1;
            var turn = Mean(kept.Select(s => (s.ChromaB - meanB) * System.Numerics.Complex.Conjugate(s.ChromaA - meanA))) / squareA;
            if (Math.Abs(turn.Phase) > FarthestTurn)
                return 0;
            double Miss(Sample s) => (s.ChromaB - meanB - (turn * (s.ChromaA - meanA))).Magnitude;
            if (round == 1)
                return 1 - (kept.Average(s => Square(Miss(s))) / squareB);
            kept = Best(samples, Miss);
        }

        return 1;
    }

    private static List<Sample> Untinted(List<Sample> samples)
    {
        var (slopeA, slopeB) = (Slope(samples, s => s.LumaA, s => s.ChromaA), Slope(samples, s => s.LumaB, s => s.ChromaB));
        return samples.ConvertAll(s => s with { ChromaA = s.ChromaA - (slopeA * s.LumaA), ChromaB = s.ChromaB - (slopeB * s.LumaB) });
    }

    private static System.Numerics.Complex Slope(
        List<Sample> samples, Func<Sample, double> luma, Func<Sample, System.Numerics.Complex> chroma)
    {
        var mean = samples.Average(luma);
        var square = samples.Sum(s => Square(luma(s) - mean));
        var meanChroma = Mean(samples.Select(chroma));
        return square < Even * samples.Count ? 0
            : samples.Aggregate(System.Numerics.Complex.Zero, (sum, s) => sum + ((luma(s) - mean) * (chroma(s) - meanChroma))) / square;
    }

    private static List<Sample> Best(List<Sample> samples, Func<Sample, double> miss) =>
        [.. samples.OrderBy(miss).Take((int)(samples.Count * (1 - Spoilt)))];

    private static System.Numerics.Complex Mean(IEnumerable<System.Numerics.Complex> values)
    {
        var (sum, count) = (System.Numerics.Complex.Zero, 0);
        foreach (var value in values)
        {
            sum += value;
            count++;
        }

        return sum / count;
    }

    private static double Square(double value) => value * value;

    private readonly record struct Sample(double LumaA, double LumaB, System.Numerics.Complex ChromaA, System.Numerics.Complex ChromaB);
}
