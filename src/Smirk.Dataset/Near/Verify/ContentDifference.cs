namespace Smirk.Dataset.Near.Verify;

/// <summary>Where two pictures that otherwise fit don't: lettering over one of them, other content, or nothing that counts.</summary>
internal sealed class ContentDifference
{
    // Correlation below which a block shows something else; what is merely blurred or noisy stays above.
    private const float Differs = 0.45f;

    // A mouth is three blocks of a face that fills the frame; fewer are noise, glare, or a corner of a border.
    private const int LeastBlocks = 3;

    // What "to the pixel" and "everywhere else" mean.
    private const float Close = 0.9f;
    private const double AllButFew = 0.95;

    // Where most of the pair is that close, a patch stands out at less: a portrait set into a photograph, a number that changed. Of the
    // pile's 902 true pairs
    // one patch in a hundred misses closeness by more than 0.3 in sum, or has a block under 0.6.
    private const double Mostly = 0.75;
    private const float StandsOut = 0.8f;
    private const float PatchLow = 0.55f;
    private const double PatchMiss = 0.7;

    // Text over a picture is believed where the rest of it fits.
    private const double RestOfCaptioned = 0.85;

    private ContentDifference(int blocks, Side lettered) => (Blocks, Lettered) = (blocks, lettered);

    /// <summary>Blocks of the largest connected part that differs.</summary>
    public int Blocks { get; }

    /// <summary>Which of the two has text laid over it that the other one hasn't.</summary>
    public Side Lettered { get; }

    /// <summary>Whether something differs that isn't lettering.</summary>
    public bool IsOtherContent => Blocks > 0;

    /// <summary>Looks for the largest part that differs.</summary>
    public static ContentDifference Find(AlignedPair pair, BlockComparison blocks)
    {
        var tone = ToneMap.Fit(pair, blocks);
        var close = CloseShare(blocks);
        var largest = 0;
        var lettered = Side.Neither;
        var text = new HashSet<int>();
        foreach (var part in Parts(pair, blocks, tone, close >= Mostly ? StandsOut : Differs))
        {
            if (!Counts(blocks, part, close))
                continue;
            if (OverlaidText.Find(pair, blocks, tone, part) is var side && side != Side.Neither)
            {
                lettered = side;
                text.UnionWith(part);
            }
            else
            {
                largest = Math.Max(largest, part.Count);
            }
        }

        if (largest == 0 && text.Count > 0 && FitsBesides(blocks, text) < RestOfCaptioned)
            largest = text.Count;
        if (largest == 0 && text.Count == 0 && close > AllButFew && SmallDifference.IsInTheMiddle(pair, tone))
            largest = 1;
        // Thin letters leave every block's correlation high.
        if (largest == 0 && lettered == Side.Neither && close > AllButFew)
            lettered = SmallDifference.MarkedSide(pair, tone);
        return new ContentDifference(largest, largest > 0 ? Side.Neither : lettered);
    }

    private static double FitsBesides(BlockComparison blocks, HashSet<int> text)
    {
        var rest = Enumerable.Range(0, blocks.Valid.Length).Where(i => blocks.Valid[i] && blocks.Textured[i] && !text.Contains(i)).ToList();
        return rest.Count == 0 ? 0 : (double)rest.Count(i => blocks.Similarity[i] > BlockSummary.Fits) / rest.Count;
    }

    private static bool Counts(BlockComparison blocks, List<int> part, double close)
    {
        var inner = part.Where(i => !IsRim(blocks, i)).ToList();
        var differing = part.Where(i => blocks.Similarity[i] < Differs).ToList();
        if (differing.Count(i => !IsRim(blocks, i)) >= LeastBlocks)
            return true;
        // In copies that agree to the pixel everywhere else, a single block in the middle is a mouth or an eye.
        if (close > AllButFew && differing.Exists(i => IsCentral(blocks, i)))
            return true;
        return close >= Mostly && inner.Count > 1 && inner.Min(i => blocks.Similarity[i]) < PatchLow
            && inner.Sum(i => Close - blocks.Similarity[i]) > PatchMiss;
    }

    private static IEnumerable<List<int>> Parts(AlignedPair pair, BlockComparison blocks, ToneMap tone, float below)
    {
        var seen = new bool[blocks.Valid.Length];
        for (var i = 0; i < seen.Length; i++)
            seen[i] =
                !blocks.Valid[i] || !blocks.Textured[i] || blocks.Similarity[i] >= below || ClippedTones.Explain(pair, blocks, tone, i);
        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i])
                yield return Flood(blocks, i, seen);
        }
    }

    // At the rim a map that is a pixel off lets a border or a neighbour in.
    private static bool IsRim(BlockComparison blocks, int i) =>
        i % blocks.Columns == 0 || i % blocks.Columns == blocks.Columns - 1 || i / blocks.Columns == 0
            || i / blocks.Columns == blocks.Rows - 1;

    // Share of the blocks that agree to the pixel.
    private static double CloseShare(BlockComparison blocks)
    {
        var (textured, close) = (0, 0);
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i] || !blocks.Textured[i] || IsRim(blocks, i))
                continue;
            textured++;
            close += blocks.Similarity[i] > Close ? 1 : 0;
        }

        return textured == 0 ? 0 : (double)close / textured;
    }

    private static bool IsCentral(BlockComparison blocks, int i) =>
        i % blocks.Columns >= blocks.Columns / 5 && i % blocks.Columns < blocks.Columns - (blocks.Columns / 5)
        && i / blocks.Columns >= blocks.Rows / 5 && i / blocks.Columns < blocks.Rows - (blocks.Rows / 5);

    private static List<int> Flood(BlockComparison blocks, int start, bool[] seen)
    {
        var part = new List<int> { start };
        seen[start] = true;
        for (var next = 0; next < part.Count; next++)
        {
            var (column, row) = (part[next] % blocks.Columns, part[next] / blocks.Columns);
            for (var y = Math.Max(0, row - 1); y <= Math.Min(blocks.Rows - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(blocks.Columns - 1, column + 1); x++)
                {
                    var at = (y * blocks.Columns) + x;
                    if (!seen[at])
                    {
                        seen[at] = true;
                        part.Add(at);
                    }
                }
            }
        }

        return part;
    }
}
