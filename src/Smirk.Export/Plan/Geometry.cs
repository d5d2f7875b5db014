namespace Smirk.Export.Plan;

/// <summary>How a part of a picture is scaled: which part, and how large it becomes.</summary>
/// <param name="X">Left edge of the part, pixels of the upright picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="PartWidth">Pixels of the picture.</param>
/// <param name="PartHeight">Pixels of the picture.</param>
/// <param name="Width">Width of what is exported.</param>
/// <param name="Height">Height of what is exported.</param>
/// <param name="PadTo">Edge of the square around it, where it is padded; 0 otherwise.</param>
internal sealed record Geometry(int X, int Y, int PartWidth, int PartHeight, int Width, int Height, int PadTo = 0)
{
    /// <summary>Pixels across, padding included.</summary>
    public int FullWidth => PadTo > 0 ? PadTo : Width;

    /// <summary>Pixels down, padding included.</summary>
    public int FullHeight => PadTo > 0 ? PadTo : Height;

    /// <summary>Decides for a part of <paramref name="width"/> × <paramref name="height"/> at (x, y).</summary>
    public static Geometry Of(int x, int y, int width, int height, ExportOptions options)
    {
        if (options.Fit == ExportSquare.Crop)
        {
            var side = Math.Min(width, height);
            (x, y) = (x + ((width - side) / 2), y + ((height - side) / 2));
            var edge = Edge(side, options);
            return new Geometry(x, y, side, side, edge, edge);
        }

        var longest = Math.Max(width, height);
        var to = options.Fit == ExportSquare.Pad ? Edge(longest, options) : Math.Min(longest, options.MaxSide ?? longest);
        var scale = (double)to / longest;
        return new Geometry(x, y, width, height, Scaled(width), Scaled(height), options.Fit == ExportSquare.Pad ? to : 0);

        int Scaled(int length) => Math.Clamp((int)Math.Round(length * scale), 1, to);
    }

    /// <summary>A box of the picture in what is exported, cut at its edges; null where nothing of it is left.</summary>
    public ExportBox? Map(double x, double y, double width, double height, string label)
    {
        var (across, down) = ((double)Width / PartWidth, (double)Height / PartHeight);
        var (left, top) = (PadTo > 0 ? (PadTo - Width) / 2 : 0, PadTo > 0 ? (PadTo - Height) / 2 : 0);
        var (x0, x1) = (Math.Clamp((x - X) * across, 0, Width), Math.Clamp((x + width - X) * across, 0, Width));
        var (y0, y1) = (Math.Clamp((y - Y) * down, 0, Height), Math.Clamp((y + height - Y) * down, 0, Height));
        return x1 - x0 < 1 || y1 - y0 < 1 ? null
            : new ExportBox(Tenths(x0 + left), Tenths(y0 + top), Tenths(x1 - x0), Tenths(y1 - y0), label);
    }

    private static int Edge(int side, ExportOptions options) => options.Size ?? Math.Min(side, options.MaxSide ?? side);

    private static double Tenths(double value) => Math.Round(value, 1);
}
