namespace Smirk.Dataset.Near.Detail;

/// <summary>Tells a caption that was laid over one of two pictures from other content: white or black letters in a row along the upper or
/// lower edge.</summary>
internal static class OverlaidLetters
{
    // A caption stays within this share of the picture from its upper or lower edge.
    private const double Band = 0.42;

    // Pixels that differ at all, and tones that fill and outline have.
    private const int Apart = 40;
    private const int White = 215;
    private const int Black = 45;

    // Share of the differing pixels that have such a tone in the captioned picture, and strokes that a line through the letters crosses.
    private const double Plain = 0.6;
    private const double Strokes = 8.5;

    // A space between words is narrower than this share of a line's height; two eyes are further apart.
    private const double Gap = 0.8;

    /// <summary>Whether the pixels of a box differ because one of the two has a caption there.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="residual">Distance a pixel (<see cref="LumaResidual"/>).</param>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="right">Column after the last.</param>
    /// <param name="bottom">Row after the last.</param>
    public static bool Explain(DetailPair pair, byte[] residual, int left, int top, int right, int bottom)
    {
        if ((bottom > pair.Height * Band && top < pair.Height * (1 - Band)) || right - left < 1.5 * (bottom - top))
            return false;
        var (different, plainA, plainB, crossings, lines) = (0, 0, 0, 0, 0);
        var used = new bool[right - left];
        for (var y = top; y < bottom; y++)
        {
            var (inside, here) = (false, 0);
            for (var x = left; x < right; x++)
            {
                var at = (y * pair.Width) + x;
                var differs = residual[at] > Apart;
                here += differs && !inside ? 1 : 0;
                inside = differs;
                if (!differs)
                    continue;
                different++;
                used[x - left] = true;
                plainA += pair.LumaA[at] is >= White or <= Black ? 1 : 0;
                plainB += pair.LumaB[at] is >= White or <= Black ? 1 : 0;
            }

            crossings += here;
            lines += here > 0 ? 1 : 0;
        }

        return lines > 0 && Math.Max(plainA, plainB) >= Plain * different && (double)crossings / lines >= Strokes
            && WidestGap(used) <= Gap * (bottom - top);
    }

    private static int WidestGap(bool[] used)
    {
        var (widest, gap) = (0, 0);
        foreach (var column in used)
        {
            gap = column ? 0 : gap + 1;
            widest = Math.Max(widest, gap);
        }

        return widest;
    }
}
