namespace Smirk.Dataset.Near.Verify;

/// <summary>Which of two pictures has something that the other one hasn't.</summary>
internal enum Side
{
    /// <summary>None of the two.</summary>
    Neither,

    /// <summary>The first.</summary>
    A,

    /// <summary>The second.</summary>
    B,
}

/// <summary>Tells lettering that was laid over a picture from other content: it is of one or two plain tones, in strokes, in a band along
/// an edge.</summary>
internal static class OverlaidText
{
    // Luminance further apart than this, tone levelled, is another colour.
    private const int Apart = 28;

    /// <summary>Which picture has the text, where these blocks differ by text that only one of the two has.</summary>
    public static Side Find(AlignedPair pair, BlockComparison blocks, ToneMap tone, List<int> part)
    {
        var level = Read(pair, blocks, tone, part, turned: false);
        // A captioned picture may have been turned afterwards.
        return level != Side.Neither ? level : Read(pair, blocks, tone, part, turned: true);
    }

    private static Side Read(AlignedPair pair, BlockComparison blocks, ToneMap tone, List<int> part, bool turned)
    {
        int Along(int i) => turned ? i / blocks.Columns : i % blocks.Columns;
        int Across(int i) => turned ? i % blocks.Columns : i / blocks.Columns;
        var (left, right, top, bottom) = (part.Min(Along), part.Max(Along), part.Min(Across), part.Max(Across));
        var (length, height, all) = (right - left + 1, bottom - top + 1, turned ? blocks.Columns : blocks.Rows);
        if ((bottom >= all * 0.4 && top < all * 0.6) || length < 1.5 * height)
            return Side.Neither;
        var (frameX, frameY) = BlockComparison.Place(pair, 0);
        var (startAlong, startAcross) = turned ? (frameY, frameX) : (frameX, frameY);
        Span<int> tonesA = stackalloc int[16], tonesB = stackalloc int[16];
        var (different, strokes, lines, edgesA, edgesB) = (0, 0, 0, 0L, 0L);
        var step = turned ? pair.A.Width : 1;
        for (var y = startAcross + (top * BlockComparison.Block); y < startAcross + ((bottom + 1) * BlockComparison.Block); y++)
        {
            var (inside, crossings) = (false, 0);
            for (var x = startAlong + (left * BlockComparison.Block); x < startAlong + ((right + 1) * BlockComparison.Block); x++)
            {
                var at = turned ? (x * pair.A.Width) + y : (y * pair.A.Width) + x;
                var (a, b) = (pair.A.Pixels[at], pair.B.Pixels[at]);
                if (a == 0 || b == 0 || at < step)
                    continue;
                edgesA += Math.Abs(a - pair.A.Pixels[at - step]);
                edgesB += Math.Abs(b - pair.B.Pixels[at - step]);
                var differs = Math.Abs(b - tone.Apply(a)) > Apart;
                crossings += differs && !inside ? 1 : 0;
                inside = differs;
                if (!differs)
                    continue;
                different++;
                tonesA[a >> 4]++;
                tonesB[b >> 4]++;
            }

            strokes += crossings;
            lines += crossings > 0 ? 1 : 0;
        }

        if (different == 0 || lines == 0)
            return Side.Neither;
        // Text of a letter or two is no caption; the strokes of four letters cross a line four times and more.
        var (perLine, plain) = ((double)strokes / lines, Math.Max(Plainness(tonesA, different), Plainness(tonesB, different)));
        // White letters on a white shirt leave their blurred outlines only, but still a long line of them.
        if ((perLine < 3 || plain <= 0.6) && (perLine < 4 || plain <= 0.3 || length < 2.5 * height))
            return Side.Neither;
        // Letters bring edges to where they are.
        return edgesA * Math.Abs(tone.Gain) > edgesB ? Side.A : Side.B;
    }

    // Share of the pixels that lie in the lightest and darkest tones there are: fill and outline.
    private static double Plainness(ReadOnlySpan<int> tones, int count) =>
        (double)(tones[0] + tones[1] + tones[2] + tones[^1] + tones[^2] + tones[^3]) / count;
}
