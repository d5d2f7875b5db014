namespace Smirk.Dataset.Dedupe.Near.Verify;

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

    private ContentDifference(int blocks, bool lettering) => (Blocks, Lettering) = (blocks, lettering);

    /// <summary>Blocks of the largest connected part that differs.</summary>
    public int Blocks { get; }

    /// <summary>Whether something differs and it looks like text laid over one of the two.</summary>
    public bool Lettering { get; }

    /// <summary>Whether something differs that isn't lettering.</summary>
    public bool IsOtherContent => Blocks > 0 && !Lettering;

    /// <summary>Looks for the largest part that differs.</summary>
    public static ContentDifference Find(AlignedPair pair, BlockComparison blocks)
    {
        var largest = new List<int>();
        var lettering = false;
        var seen = new bool[blocks.Valid.Length];
        var clean = IsClean(blocks);
        for (var i = 0; i < seen.Length; i++)
        {
            if (seen[i] || !IsDifferent(blocks, i))
                continue;
            var part = Flood(blocks, i, seen);
            if (part.Count(p => !IsRim(blocks, p)) < LeastBlocks && !(clean && part.Exists(p => IsCentral(blocks, p))))
                continue;
            if (OverlaidText.Covers(pair, blocks, part))
                lettering = true;
            else if (part.Count > largest.Count)
                largest = part;
        }

        if (largest.Count > 0)
            return new ContentDifference(largest.Count, lettering: false);
        return !lettering && clean && SmallDifference.IsInTheMiddle(pair, ToneMap.Fit(pair, blocks)) ? new ContentDifference(1, lettering: false) : new ContentDifference(0, lettering);
    }

    // At the rim a map that is a pixel off lets a border or a neighbour in.
    private static bool IsRim(BlockComparison blocks, int i) =>
        i % blocks.Columns == 0 || i % blocks.Columns == blocks.Columns - 1 || i / blocks.Columns == 0 || i / blocks.Columns == blocks.Rows - 1;

    // In copies that agree to the pixel everywhere else, a single block in the middle is a mouth or an eye.
    private static bool IsClean(BlockComparison blocks)
    {
        var (textured, close) = (0, 0);
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i] || !blocks.Textured[i] || IsRim(blocks, i))
                continue;
            textured++;
            close += blocks.Similarity[i] > Close ? 1 : 0;
        }

        return textured > 0 && close > AllButFew * textured;
    }

    private static bool IsCentral(BlockComparison blocks, int i) =>
        i % blocks.Columns >= blocks.Columns / 5 && i % blocks.Columns < blocks.Columns - (blocks.Columns / 5)
        && i / blocks.Columns >= blocks.Rows / 5 && i / blocks.Columns < blocks.Rows - (blocks.Rows / 5);

    private static bool IsDifferent(BlockComparison blocks, int i) => blocks.Valid[i] && blocks.Textured[i] && blocks.Similarity[i] < Differs;

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
                    if (!seen[at] && IsDifferent(blocks, at))
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
