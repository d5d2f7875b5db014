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
        var room = new double[blocks.Width];
        var step = Math.Max(across, blocks.Width / Phases / across * across);
        for (var top = down; top + down < blocks.Height; top += down)
        {
            for (var start = 0; start < blocks.Width * (1 - Margin); start += step)
            {
                if (start >= blocks.Width * Margin && IsSeam(planes, new Seam(blocks.Width, blocks.Height, top, start, down), room))
                    return true;
            }
        }

        return false;
    }

    // Nearly every place is ruled out by its structure or the size of its steps, which needs no sorting.
    private static bool IsSeam(double[][] planes, Seam seam, double[] room)
    {
        if (!AreAlike(planes[0], seam))
            return false;
        for (var channel = 0; channel < Channels; channel++)
        {
            var plane = planes[channel];
            var steps = Steps(plane, seam, room);
            if (!IsMedianBeyond(steps, channel == 0 ? LeastLuma : LeastChroma))
                continue;
            var jump = Median(steps);
            if (Math.Abs(jump) < Even * (Unevenness(steps, jump) + 1))
                continue;
            var beside = Math.Max(
                Math.Abs(Median(Steps(plane, seam with { Shift = -seam.Down }, room))),
                Math.Abs(Median(Steps(plane, seam with { Shift = seam.Down }, room))));
            if (Math.Abs(jump) > Beside * (beside + 1) && IsStepped(plane, seam, jump, room))
                return true;
        }

        return false;
    }

    // Before the seam begins nothing jumps in its row, and nothing below it afterwards: a straight edge jumps there as well.
    private static bool IsStepped(double[] plane, Seam seam, double jump, double[] room)
    {
        var before = Step(0, seam.Start, seam.Top);
        var after = Step(seam.Start, seam.Width, seam.Top + seam.Down);
        return Math.Max(Math.Abs(before), Math.Abs(after)) < Math.Abs(jump) / Beside;

        double Step(int from, int to, int y)
        {
            for (var x = from; x < to; x++)
                room[x - from] = plane[(y * seam.Width) + x] - plane[((y - 1) * seam.Width) + x];
            return Median(room.AsSpan(0, to - from));
        }
    }

    // Whether both sides of the seam share a structure.
    private static bool AreAlike(double[] plane, Seam seam)
    {
        var (count, meanA, meanB) = (0, 0.0, 0.0);
        for (var x = 0; x < seam.Width; x++)
        {
            if (seam.TryPlace(x, out var at))
                (count, meanA, meanB) = (count + 1, meanA + plane[at - seam.Width], meanB + plane[at]);
        }

        if (count < seam.Width / 2)
            return false;
        (meanA, meanB) = (meanA / count, meanB / count);
        var (squareA, squareB, product) = (0.0, 0.0, 0.0);
        for (var x = 0; x < seam.Width; x++)
        {
            if (!seam.TryPlace(x, out var at))
                continue;
            var (a, b) = (plane[at - seam.Width] - meanA, plane[at] - meanB);
            (squareA, squareB, product) = (squareA + a * a, squareB + b * b, product + a * b);
        }

        (squareA, squareB, product) = (squareA / count, squareB / count, product / count);
        var structure = Math.Sqrt(Math.Min(squareA, squareB));
        return structure >= LeastStructure && product / Math.Sqrt(squareA * squareB) >= LeastCorrelation;
    }

    // The steps across the seam; none where it leaves the picture in half of its width.
    private static Span<double> Steps(double[] plane, Seam seam, double[] room)
    {
        var count = 0;
        for (var x = 0; x < seam.Width; x++)
        {
            if (seam.TryPlace(x, out var at))
                room[count++] = plane[at] - plane[at - seam.Width];
        }

        return room.AsSpan(0, count < seam.Width / 2 ? 0 : count);
    }

    // Whether the median is at least that far from 0, told without sorting: few are.
    private static bool IsMedianBeyond(ReadOnlySpan<double> values, double least)
    {
        var (above, below) = (0, 0);
        foreach (var value in values)
        {
            above += value >= least ? 1 : 0;
            below += value <= -least ? 1 : 0;
        }

        return above > 0 && above >= values.Length - values.Length / 2 || below > values.Length / 2;
    }

    // Sorts the values; 0 where there are none.
    private static double Median(Span<double> values)
    {
        values.Sort();
        return values.IsEmpty ? 0 : values[values.Length / 2];
    }

    // The median distance of the steps from their own median; they are gone afterwards.
    private static double Unevenness(Span<double> steps, double jump)
    {
        foreach (ref var step in steps)
            step = Math.Abs(step - jump);
        return Median(steps);
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

    // A seam goes along the top of a row of units from where it starts, and a row further down before that.
    private readonly record struct Seam(int Width, int Height, int Top, int Start, int Down, int Shift = 0)
    {
        // The pixel below the seam at x; false where the seam leaves the picture.
        public bool TryPlace(int x, out int at)
        {
            var y = (x >= Start ? Top : Top + Down) + Shift;
            at = (y * Width) + x;
            return y >= 1 && y < Height;
        }
    }
}
