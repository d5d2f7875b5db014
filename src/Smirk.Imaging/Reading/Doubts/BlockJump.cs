namespace Smirk.Imaging.Reading.Doubts;

/// <summary>Looks for the place from which on all blocks are shifted by one amount of brightness or colour: a seam from the left edge to
/// the right, whose two sides have the same structure.</summary>
internal static class BlockJump
{
    private const int Channels = 3;

    // Phases of the seam: it begins anywhere in a row of units, and goes on below the row where that begins.
    private const int Phases = 12;

    // Levels that all of a seam has to jump by at least, in brightness and in colour.
    private const double LeastLuma = 18;
    private const double LeastChroma = 10;

    // By how much the jump has to stand out from its own unevenness, and from the steps beside it.
    private const double Even = 4;
    private const double Beside = 3;

    // Structure that both sides of the seam share: without any, an edge of the picture itself looks alike.
    private const double LeastStructure = 5;
    private const double LeastCorrelation = 0.6;

    // Where the seam begins, from the left and from the right, as a share of the width: a step is seen only where both of its sides are
    // long enough, and a straight edge is the picture's own.
    private const double Margin = 0.15;

    /// <summary>Whether there is such a place.</summary>
    /// <param name="blocks">The picture, a pixel a block.</param>
    /// <param name="across">Blocks across a coded unit.</param>
    /// <param name="down">Blocks down a coded unit.</param>
    public static bool IsThere(Picture blocks, int across, int down)
    {
        var planes = Planes(blocks);
        var step = Math.Max(across, blocks.Width / Phases / across * across);
        for (var top = down; top + down < blocks.Height; top += down)
        {
            for (var start = 0; start < blocks.Width * (1 - Margin); start += step)
            {
                if (start < blocks.Width * Margin)
                    continue;
                if (IsSeam(planes, blocks.Width, blocks.Height, top, start, down))
                    return true;
            }
        }

        return false;
    }

    private static bool IsSeam(double[][] planes, int width, int height, int top, int start, int down)
    {
        var (_, _, correlation, structure) = Seam(planes[0], width, height, top, start, down, 0);
        if (correlation < LeastCorrelation || structure < LeastStructure)
            return false;
        for (var channel = 0; channel < Channels; channel++)
        {
            var (jump, uneven, _, _) = Seam(planes[channel], width, height, top, start, down, 0);
            if (Math.Abs(jump) < (channel == 0 ? LeastLuma : LeastChroma) || Math.Abs(jump) < Even * (uneven + 1))
                continue;
            var beside = Math.Max(
                Math.Abs(Seam(planes[channel], width, height, top, start, down, -down).Jump),
                Math.Abs(Seam(planes[channel], width, height, top, start, down, down).Jump));
            if (Math.Abs(jump) > Beside * (beside + 1) && IsStepped(planes[channel], width, top, start, down, jump))
                return true;
        }

        return false;
    }

    // Before the seam begins nothing jumps in its row, and nothing below it afterwards: a straight edge jumps there as well.
    private static bool IsStepped(double[] plane, int width, int top, int start, int down, double jump)
    {
        double Step(int x, int y) => plane[(y * width) + x] - plane[((y - 1) * width) + x];
        var before = Enumerable.Range(0, start).Select(x => Step(x, top)).Order().ElementAt(start / 2);
        var after = Enumerable.Range(start, width - start).Select(x => Step(x, top + down)).Order().ElementAt((width - start) / 2);
        return Math.Max(Math.Abs(before), Math.Abs(after)) < Math.Abs(jump) / Beside;
    }

    // The median step across the seam and its median deviation, and how alike its two sides are.
    private static (double Jump, double Uneven, double Correlation, double Structure) Seam(
        double[] plane, int width, int height, int top, int start, int down, int shift)
    {
        var (above, below) = (new List<double>(width), new List<double>(width));
        for (var x = 0; x < width; x++)
        {
            var y = (x >= start ? top : top + down) + shift;
            if (y < 1 || y >= height)
                continue;
            above.Add(plane[((y - 1) * width) + x]);
            below.Add(plane[(y * width) + x]);
        }

        if (above.Count < width / 2)
            return default;
        var steps = above.Zip(below, (a, b) => b - a).Order().ToList();
        var jump = steps[steps.Count / 2];
        var uneven = steps.Select(s => Math.Abs(s - jump)).Order().ElementAt(steps.Count / 2);
        var (meanA, meanB) = (above.Average(), below.Average());
        var (squareA, squareB) = (above.Average(a => (a - meanA) * (a - meanA)), below.Average(b => (b - meanB) * (b - meanB)));
        var product = above.Zip(below, (a, b) => (a - meanA) * (b - meanB)).Average();
        var structure = Math.Sqrt(Math.Min(squareA, squareB));
        return (jump, uneven, structure == 0 ? 0 : product / Math.Sqrt(squareA * squareB), structure);
    }

    private static double[][] Planes(Picture blocks)
    {
        var planes = new double[Channels][];
        for (var channel = 0; channel < Channels; channel++)
            planes[channel] = new double[blocks.Width * blocks.Height];
        for (var i = 0; i < planes[0].Length; i++)
        {
            double red = blocks.Pixels[3 * i], green = blocks.Pixels[(3 * i) + 1], blue = blocks.Pixels[(3 * i) + 2];
            var luma = (0.299 * red) + (0.587 * green) + (0.114 * blue);
            (planes[0][i], planes[1][i], planes[2][i]) = (luma, 0.564 * (blue - luma), 0.713 * (red - luma));
        }

        return planes;
    }
}
