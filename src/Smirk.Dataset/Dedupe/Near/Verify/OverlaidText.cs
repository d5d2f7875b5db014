namespace Smirk.Dataset.Dedupe.Near.Verify;

/// <summary>Tells lettering that was laid over a picture from other content: it is of one or two plain tones, in strokes, in a band near the top or bottom.</summary>
internal static class OverlaidText
{
    // Luminance further apart than this, tone levelled, is another colour.
    private const int Apart = 28;

    /// <summary>Whether these blocks differ by text that only one of the two pictures has.</summary>
    public static bool Covers(AlignedPair pair, BlockComparison blocks, List<int> part)
    {
        var (left, right) = (part.Min(i => i % blocks.Columns), part.Max(i => i % blocks.Columns));
        var (top, bottom) = (part.Min(i => i / blocks.Columns), part.Max(i => i / blocks.Columns));
        var inBand = bottom < blocks.Rows * 0.4 || top >= blocks.Rows * 0.6;
        if (!inBand || right - left + 1 < 1.5 * (bottom - top + 1))
            return false;
        var tone = ToneMap.Fit(pair, blocks);
        var (offsetX, offsetY) = ((pair.A.Width - (blocks.Columns * BlockComparison.Block)) / 2, (pair.A.Height - (blocks.Rows * BlockComparison.Block)) / 2);
        Span<int> tonesA = stackalloc int[16], tonesB = stackalloc int[16];
        var (different, strokes, lines) = (0, 0, 0);
        for (var y = offsetY + (top * BlockComparison.Block); y < offsetY + ((bottom + 1) * BlockComparison.Block); y++)
        {
            var (inside, crossings) = (false, 0);
            for (var x = offsetX + (left * BlockComparison.Block); x < offsetX + ((right + 1) * BlockComparison.Block); x++)
            {
                var (a, b) = (pair.A.Pixels[(y * pair.A.Width) + x], pair.B.Pixels[(y * pair.B.Width) + x]);
                if (a == 0 || b == 0)
                    continue;
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
            return false;
        // Text of a letter or two is no caption; the strokes of four letters cross a line four times and more.
        var (perLine, plain) = ((double)strokes / lines, Math.Max(Plainness(tonesA, different), Plainness(tonesB, different)));
        // White letters on a white shirt leave their blurred outlines only, but still a long line of them.
        return (perLine >= 3 && plain > 0.6) || (perLine >= 4 && plain > 0.3 && right - left + 1 >= 2.5 * (bottom - top + 1));
    }

    // Share of the pixels that lie in the lightest and darkest tones there are: fill and outline.
    private static double Plainness(ReadOnlySpan<int> tones, int count) =>
        (double)(tones[0] + tones[1] + tones[2] + tones[^1] + tones[^2] + tones[^3]) / count;
}
