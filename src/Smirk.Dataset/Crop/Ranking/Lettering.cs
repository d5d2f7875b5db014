namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Looks for captions: rows in which full black and full white change places again and again.</summary>
internal static class Lettering
{
    private const float Black = 70;
    private const float White = 200;

    // A letter's stroke at 128 pixels a side is a few pixels wide.
    private const int Stroke = 5;

    // A line of text changes more often than any drawing: at least six letters' edges in a row of the crop.
    private const int Changes = 6;

    /// <summary>Share of rows in the upper or the lower third (whichever has more) that look like a line of text, 0 to 1.</summary>
    public static double Share(float[] grey, int width, int height)
    {
        var third = height / 3;
        return Math.Max(RowsWithText(grey, width, 0, third), RowsWithText(grey, width, height - third, height))
            / (double)Math.Max(1, third);
    }

    private static int RowsWithText(float[] grey, int width, int from, int to)
    {
        var rows = 0;
        for (var y = from; y < to; y++)
        {
            if (ChangesIn(grey.AsSpan(y * width, width)) >= Changes)
                rows++;
        }

        return rows;
    }

    private static int ChangesIn(ReadOnlySpan<float> row)
    {
        var (lastBlack, lastWhite, changes) = (-Stroke - 1, -Stroke - 1, 0);
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] < Black)
            {
                if (x - lastWhite <= Stroke && lastWhite > lastBlack)
                    changes++;
                lastBlack = x;
            }
            else if (row[x] > White)
            {
                if (x - lastBlack <= Stroke && lastBlack > lastWhite)
                    changes++;
                lastWhite = x;
            }
        }

        return changes;
    }
}
