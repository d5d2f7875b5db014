namespace Smirk.Dataset.Near.Detail;

/// <summary>Cells that hang together and differ by more than is explained.</summary>
/// <param name="Evidence">By how much, summed over their pixels, in levels.</param>
/// <param name="Cells">How many.</param>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Right">Last column.</param>
/// <param name="Bottom">Last row.</param>
internal readonly record struct Clump(double Evidence, int Cells, int Left, int Top, int Right, int Bottom)
{
    /// <summary>The clumps of cells with a positive excess, most evidence first.</summary>
    /// <param name="excess">Excess a cell, mean of its pixels; row after row.</param>
    /// <param name="columns">Cells in a row.</param>
    /// <param name="pixels">Pixels in a cell.</param>
    public static List<Clump> Find(double[] excess, int columns, int pixels)
    {
        var (seen, clumps, rows) = (new bool[excess.Length], new List<Clump>(), excess.Length / Math.Max(1, columns));
        var open = new Stack<int>();
        for (var start = 0; start < excess.Length; start++)
        {
            if (seen[start] || excess[start] <= 0)
                continue;
            seen[start] = true;
            open.Push(start);
            var clump = new Clump(0, 0, int.MaxValue, int.MaxValue, 0, 0);
            while (open.TryPop(out var at))
            {
                var (column, row) = (at % columns, at / columns);
                clump = new Clump(clump.Evidence + (excess[at] * pixels), clump.Cells + 1,
                    Math.Min(clump.Left, column), Math.Min(clump.Top, row), Math.Max(clump.Right, column), Math.Max(clump.Bottom, row));
                for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
                    {
                        var next = (y * columns) + x;
                        if (seen[next] || excess[next] <= 0)
                            continue;
                        seen[next] = true;
                        open.Push(next);
                    }
                }
            }

            clumps.Add(clump);
        }

        clumps.Sort((a, b) => b.Evidence.CompareTo(a.Evidence));
        return clumps;
    }
}
