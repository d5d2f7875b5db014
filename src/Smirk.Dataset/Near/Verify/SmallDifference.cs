using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Finds a mouth that opened or an eye that closed in two pictures that agree to the pixel elsewhere: too small to spoil a block's
/// correlation.</summary>
internal static class SmallDifference
{
    // Luminance this far apart, tone levelled, even from the nearest neighbours: no compressor does that.
    private const int Apart = 56;

    // A window as large as two blocks each way, and how many pixels in it have to be that far apart.
    private const int Window = 32;
    private const int LeastPixels = 40;

    /// <summary>Which of the two has something small that the other one hasn't, anywhere: where they differ that much, it is the one with
    /// more edges.</summary>
    public static Side MarkedSide(AlignedPair pair, ToneMap tone)
    {
        var level = Levels(tone);
        var (count, edgesA, edgesB) = (0, 0, 0);
        for (var y = 2; y < pair.A.Height - 2; y++)
        {
            for (var x = 2; x < pair.A.Width - 2; x++)
            {
                if (!IsApart(pair, level, x, y))
                    continue;
                count++;
                edgesA += Math.Abs(level[At(pair.A, x - 1, y)] - level[At(pair.A, x + 1, y)]) + Math.Abs(
                    level[At(pair.A, x, y - 1)] - level[At(pair.A, x, y + 1)]);
                edgesB += Math.Abs(At(pair.B, x - 1, y) - At(pair.B, x + 1, y)) + Math.Abs(At(pair.B, x, y - 1) - At(pair.B, x, y + 1));
            }
        }

        return count < LeastPixels ? Side.Neither : edgesA > edgesB ? Side.A : Side.B;
    }

    /// <summary>Whether there is such a place, away from the rim where logos and letters are.</summary>
    public static bool IsInTheMiddle(AlignedPair pair, ToneMap tone)
    {
        var (width, height) = (pair.A.Width, pair.A.Height);
        var level = Levels(tone);
        var (left, right, top, bottom) = (width / 5, width - (width / 5), height / 5, height - (height / 5));
        var cells = new int[((right - left) / (Window / 2)) + 2, ((bottom - top) / (Window / 2)) + 2];
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                if (IsApart(pair, level, x, y))
                    cells[(x - left) / (Window / 2), (y - top) / (Window / 2)]++;
            }
        }

        for (var column = 0; column + 1 < cells.GetLength(0); column++)
        {
            for (var row = 0; row + 1 < cells.GetLength(1); row++)
            {
                if (cells[column, row] + cells[column + 1, row] + cells[column, row + 1] + cells[column + 1, row + 1] >= LeastPixels)
                    return true;
            }
        }

        return false;
    }

    private static byte[] Levels(ToneMap tone)
    {
        var level = new byte[256];
        for (var i = 1; i < 256; i++)
            level[i] = (byte)Math.Clamp(tone.Apply(i), 1, 255);
        return level;
    }

    // Neither picture may have the other's pixel beside the place: lines that lie a pixel off are the same lines.
    private static bool IsApart(AlignedPair pair, byte[] level, int x, int y)
    {
        var (a, b) = (level[At(pair.A, x, y)], At(pair.B, x, y));
        if (a == 0 || b == 0 || Math.Abs(a - b) <= Apart)
            return false;
        for (var dy = -1; dy <= 1; dy++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                if (Math.Abs(a - At(pair.B, x + dx, y + dy)) <= Apart || Math.Abs(level[At(pair.A, x + dx, y + dy)] - b) <= Apart)
                    return false;
            }
        }

        return true;
    }

    private static byte At(GreyPicture picture, int x, int y) => picture.Pixels[(y * picture.Width) + x];
}
