namespace Smirk.Dataset.Near.Hashes;

/// <summary>Repeated box filters over a plane of floats, each in time that doesn't depend on the window; windows are cut at the edges.
/// PDQ's blur.</summary>
internal static class BoxFilter
{
    /// <summary>The window that takes a side of <paramref name="side"/> pixels down to <paramref name="samples"/> in two passes.</summary>
    public static int Window(int side, int samples) => (side + (2 * samples) - 1) / (2 * samples);

    /// <summary>Blurs <paramref name="plane"/> in place: along the rows, then along the columns, <paramref name="passes"/> times.</summary>
    public static void Blur(float[] plane, int width, int height, int alongRows, int alongColumns, int passes)
    {
        var other = new float[plane.Length];
        for (var pass = 0; pass < passes; pass++)
        {
            for (var row = 0; row < height; row++)
                AlongRow(plane.AsSpan(row * width, width), other.AsSpan(row * width, width), alongRows);
            AlongColumns(other, plane, width, height, alongColumns);
        }
    }

    private static void AlongRow(ReadOnlySpan<float> from, Span<float> to, int window)
    {
        if (window <= 1)
        {
            from.CopyTo(to);
            return;
        }

        var (before, after) = Reach(window);
        var sum = 0f;
        for (var i = 0; i < Math.Min(after, from.Length); i++)
            sum += from[i];
        var count = Math.Min(after, from.Length);
        for (var i = 0; i < from.Length; i++)
        {
            if (i + after < from.Length)
            {
                sum += from[i + after];
                count++;
            }

            if (i - before - 1 >= 0)
            {
                sum -= from[i - before - 1];
                count--;
            }

            to[i] = sum / count;
        }
    }

    // All columns at once, row after row: sums of whole rows, so that memory is read in order.
    private static void AlongColumns(float[] from, float[] to, int width, int height, int window)
    {
        if (window <= 1)
        {
            from.CopyTo(to, 0);
            return;
        }

        var (before, after) = Reach(window);
        var sums = new float[width];
        var count = 0;
        for (; count < Math.Min(after, height); count++)
            Add(sums, from.AsSpan(count * width, width));
        for (var row = 0; row < height; row++)
        {
            if (row + after < height)
            {
                Add(sums, from.AsSpan((row + after) * width, width));
                count++;
            }

            if (row - before - 1 >= 0)
            {
                Subtract(sums, from.AsSpan((row - before - 1) * width, width));
                count--;
            }

            var scale = 1f / count;
            var line = to.AsSpan(row * width, width);
            for (var i = 0; i < line.Length; i++)
                line[i] = sums[i] * scale;
        }
    }

    // Upstream's window leans to the right when its length is even.
    private static (int Before, int After) Reach(int window) => (window - ((window + 2) / 2), ((window + 2) / 2) - 1);

    private static void Add(Span<float> sums, ReadOnlySpan<float> line)
    {
        for (var i = 0; i < line.Length; i++)
            sums[i] += line[i];
    }

    private static void Subtract(Span<float> sums, ReadOnlySpan<float> line)
    {
        for (var i = 0; i < line.Length; i++)
            sums[i] -= line[i];
    }
}
