namespace Smirk.Dataset.Near.Detail;

/// <summary>What one change of tone does to chroma: each of the two values is a linear function of the first picture's chroma and
/// luminance, fitted to the cells it explains best.</summary>
internal sealed class ChromaTone
{
    // Where this share of the cells is the same within Same levels, nobody changed the colours: what differs is content.
    private const double Unchanged = 0.6;
    private const double Same = 6;

    // Cells that may be anything.
    private const double Kept = 0.8;
    private const int Terms = 4;

    private readonly double[] _blue;
    private readonly double[] _red;

    private ChromaTone(double[] blue, double[] red) => (_blue, _red) = (blue, red);

    /// <summary>Whether nobody changed the colours.</summary>
    public bool IsUnchanged { get; private init; }

    /// <summary>Fits the map that takes the cells of <paramref name="a"/> to those of <paramref name="b"/>.</summary>
    public static ChromaTone Fit(IReadOnlyList<CellColour> a, IReadOnlyList<CellColour> b)
    {
        var same = 0;
        for (var i = 0; i < a.Count; i++)
            same += Math.Abs(a[i].Blue - b[i].Blue) + Math.Abs(a[i].Red - b[i].Red) <= Same ? 1 : 0;
        var tone = new ChromaTone([1, 0, 0, 0], [0, 1, 0, 0]) { IsUnchanged = true };
        if (same >= Unchanged * a.Count || a.Count < 16)
            return tone;
        var limit = double.MaxValue;
        for (var round = 0; round < 4; round++)
        {
            var kept = Enumerable.Range(0, a.Count).Where(i => tone.Miss(a[i], b[i]) <= limit).ToList();
            if (Solve(kept, a, b, c => c.Blue) is not { } blue || Solve(kept, a, b, c => c.Red) is not { } red)
                return tone;
            tone = new ChromaTone(blue, red);
            var misses = a.Select((cell, i) => tone.Miss(cell, b[i])).Order().ToList();
            limit = misses[(int)(Kept * (misses.Count - 1))];
        }

        return tone;
    }

    /// <summary>The second picture's chroma where the first has <paramref name="cell"/>.</summary>
    public CellColour Apply(CellColour cell) => cell with { Blue = Dot(_blue, cell), Red = Dot(_red, cell) };

    private static double Dot(double[] row, CellColour cell) => (row[0] * cell.Blue) + (row[1] * cell.Red) + (row[2] * cell.Luma) + row[3];

    private double Miss(CellColour a, CellColour b) => Math.Abs(Dot(_blue, a) - b.Blue) + Math.Abs(Dot(_red, a) - b.Red);

    // Least squares by the normal equations, a little pulled towards 0: a picture of one colour says nothing about the others.
    private static double[]? Solve(
        List<int> kept, IReadOnlyList<CellColour> a, IReadOnlyList<CellColour> b, Func<CellColour, double> wanted)
    {
        var m = new double[Terms, Terms + 1];
        foreach (var i in kept)
        {
            double[] row = [a[i].Blue, a[i].Red, a[i].Luma, 1];
            for (var r = 0; r < Terms; r++)
            {
                for (var c = 0; c < Terms; c++)
                    m[r, c] += row[r] * row[c];
                m[r, Terms] += row[r] * wanted(b[i]);
            }
        }

        for (var r = 0; r < Terms; r++)
            m[r, r] += 1e-3 * kept.Count;
        for (var pivot = 0; pivot < Terms; pivot++)
        {
            if (Math.Abs(m[pivot, pivot]) < 1e-9)
                return null;
            for (var r = 0; r < Terms; r++)
            {
                if (r == pivot)
                    continue;
                var factor = m[r, pivot] / m[pivot, pivot];
                for (var c = pivot; c <= Terms; c++)
                    m[r, c] -= factor * m[pivot, c];
            }
        }

        return [.. Enumerable.Range(0, Terms).Select(r => m[r, Terms] / m[r, r])];
    }
}

/// <summary>The mean colour of a cell: luminance 0–255, chroma around 0.</summary>
internal readonly record struct CellColour(double Luma, double Blue, double Red);
