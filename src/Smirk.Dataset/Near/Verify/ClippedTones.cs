using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Tells a block that brightening or darkening drove into plain white or black from a block that shows something else.</summary>
internal static class ClippedTones
{
    // Luminance from which on a tone is as good as white, or black.
    private const int White = 245;
    private const int Black = 10;

    // Luminance that rounding and compression may change, and pixels of the block that may lie beyond it.
    private const int Apart = 28;
    private const int FewPixels = 4;

    /// <summary>Whether one picture's block is plain white or black and the other's would be, too, in that picture's tone.</summary>
    public static bool Explain(AlignedPair pair, BlockComparison blocks, ToneMap tone, int block)
    {
        var (x, y) = BlockComparison.Place(pair, block);
        return Math.Abs(tone.Gain) > 0.1
            && (IsDrivenInto(pair.A, pair.B, value => (value - tone.Offset) / tone.Gain, x, y)
                || IsDrivenInto(pair.B, pair.A, value => tone.Apply(value), x, y));
    }

    private static bool IsDrivenInto(GreyPicture plain, GreyPicture other, Func<int, double> level, int x, int y)
    {
        var (first, beyond) = (plain.Pixels[(y * plain.Width) + x], 0);
        if (first is > Black and < White)
            return false;
        for (var row = y; row < y + BlockComparison.Block; row++)
        {
            for (var column = x; column < x + BlockComparison.Block; column++)
            {
                var here = plain.Pixels[(row * plain.Width) + column];
                if (here is > Black and < White
                    || Math.Abs(Math.Clamp(level(other.Pixels[(row * other.Width) + column]), 0, 255) - here) > Apart)
                    beyond++;
            }
        }

        return beyond <= FewPixels;
    }
}
