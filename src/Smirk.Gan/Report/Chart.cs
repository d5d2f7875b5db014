using System.Text;
using Smirk.Workspace.Pages;

namespace Smirk.Gan.Report;

/// <summary>One curve: its name and points (x rising).</summary>
/// <param name="Name">Shown in the legend.</param>
/// <param name="Points">Points in data units; values that aren't finite break the line.</param>
public sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Draws curves as one inline SVG, coloured by the page's style sheet (classes c0… for lines, d0… for dots, t0… for
/// names).</summary>
internal static class Chart
{
    private const int Width = 640, Height = 220, Left = 52, Right = 12, Top = 12, Bottom = 30;
    private const int MostDots = 12;

    /// <summary>The SVG for <paramref name="curves"/>; a paragraph that says so when there is nothing to draw.</summary>
    /// <param name="curves">What to draw, at most four.</param>
    /// <param name="xLabel">Under the horizontal axis.</param>
    /// <param name="mark">An x to mark with a vertical line, such as the best snapshot; null for none.</param>
    public static string Svg(IReadOnlyList<Curve> curves, string xLabel, double? mark = null)
    {
        var points = curves.SelectMany(c => c.Points).Where(p => double.IsFinite(p.Y)).ToList();
        if (points.Count < 2)
            return "<p class=\"dim\">The run is too short for a curve.</p>";
        var (x0, x1) = (points.Min(p => p.X), points.Max(p => p.X));
        var (y0, y1) = Padded(points.Min(p => p.Y), points.Max(p => p.Y));
        var svg = new StringBuilder($"<svg class=\"plot\" viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        foreach (var tick in Ticks(y0, y1))
            svg.Append(
                $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.#}\" y2=\"{Y(tick):0.#}\"/><text "
                    + $"x=\"{Left - 6}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{Number(tick)}</text>");
        foreach (var tick in Ticks(x0, x1))
            svg.Append($"<text x=\"{X(tick):0.#}\" y=\"{Height - 12}\" text-anchor=\"middle\">{Number(tick)}</text>");
        svg.Append($"<text x=\"{Width - Right}\" y=\"{Height - 1}\" text-anchor=\"end\">{HtmlPage.Text(xLabel)}</text>");
        if (mark is { } at)
            svg.Append($"<line class=\"mark\" x1=\"{X(at):0.#}\" x2=\"{X(at):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
        for (var i = 0; i < curves.Count; i++)
        {
            var finite = curves[i].Points.Where(p => double.IsFinite(p.Y)).ToList();
            foreach (var part in Unbroken(curves[i].Points))
                svg.Append($"<polyline class=\"c{i}\" points=\"{string.Join(' ', part.Select(p => $"{X(p.X):0.#},{Y(p.Y):0.#}"))}\"/>");
            svg.Append($"<text class=\"t{i}\" x=\"{Left + 8 + i * 120}\" y=\"{Top + 10}\">{HtmlPage.Text(curves[i].Name)}</text>");

            // A few measurements are seen as such; a single one is no line at all.
            if (finite.Count <= MostDots)
                svg.Append(string.Concat(finite.Select(p => $"<circle class=\"d{i}\" cx=\"{X(p.X):0.#}\" cy=\"{Y(p.Y):0.#}\" r=\"3\"/>")));
        }

        return svg.Append("</svg>").ToString();

        double X(double x) => Left + (x1 > x0 ? (x - x0) / (x1 - x0) : 0.5) * (Width - Left - Right);
        double Y(double y) => Top + (1 - (y - y0) / (y1 - y0)) * (Height - Top - Bottom);
    }

    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Unbroken(IReadOnlyList<(double X, double Y)> points)
    {
        for (var from = 0; from < points.Count;)
        {
            var part = points.Skip(from).TakeWhile(p => double.IsFinite(p.Y)).ToList();
            if (part.Count > 0)
                yield return part;
            from += part.Count + 1;
        }
    }

    private static (double Low, double High) Padded(double low, double high)
    {
        var room = high > low ? (high - low) * 0.08 : Math.Max(1e-3, Math.Abs(high) * 0.1);
        return (low - room, high + room);
    }

    private static IEnumerable<double> Ticks(double low, double high)
    {
        var raw = (high - low) / 5;
        if (raw <= 0)
            yield break;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / magnitude) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * magnitude;
        for (var tick = Math.Ceiling(low / step) * step; tick <= high; tick += step)
            yield return Math.Abs(tick) < step / 1e6 ? 0 : tick;
    }

    private static string Number(double value) => Math.Abs(value) >= 1000 ? value.ToString("#,0") : value.ToString("0.###");
}
