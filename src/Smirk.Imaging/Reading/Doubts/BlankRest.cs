namespace Smirk.Imaging.Reading.Doubts;

/// <summary>Whether a picture ends in the grey or green of missing data, from somewhere within a row of blocks.</summary>
internal static class BlankRest
{
    // Rows of units that have to be blank: a drawing's own grey ends at a row's end.
    private const int LeastRows = 2;

    // How far from plain grey, or from the green of colours without any brightness, in levels.
    private const int Near = 3;

    /// <summary>Looks at the end.</summary>
    /// <param name="blocks">The picture, a pixel a block.</param>
    /// <param name="across">Blocks across a coded unit.</param>
    /// <param name="down">Blocks down a coded unit.</param>
    public static bool IsThere(Picture blocks, int across, int down)
    {
        var last = blocks.Row(blocks.Height - 1)[^3..];
        if (!IsBlank(last))
            return false;
        var (columns, rows) = (blocks.Width / across, blocks.Height / down);
        var units = 0;
        for (var unit = (columns * rows) - 1; unit >= 0; unit--, units++)
        {
            if (!Row(blocks, unit % columns * across, unit / columns * down).SequenceEqual(last))
                break;
        }

        return units >= LeastRows * columns && units < columns * rows && units % columns != 0;
    }

    private static Span<byte> Row(Picture blocks, int x, int y) => blocks.Row(y).Slice(x * 3, 3);

    private static bool IsBlank(ReadOnlySpan<byte> pixel)
    {
        var grey = Math.Abs(pixel[0] - 128) <= Near && Math.Abs(pixel[1] - 128) <= Near && Math.Abs(pixel[2] - 128) <= Near;
        return grey || (pixel[0] <= Near && pixel[2] <= Near && pixel[1] is >= 80 and <= 160);
    }
}
