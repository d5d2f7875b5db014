using System.Numerics;

namespace Smirk.Drawing.Raster;

/// <summary>A line of points in the unit square (x right, y down), built from lines and Bézier curves; filled, it is closed.</summary>
internal sealed class Outline
{
    private const int StepsPerCurve = 18;
    private readonly List<Vector2> _points = [];

    public IReadOnlyList<Vector2> Points => _points;

    public static Outline From(double x, double y)
    {
        var outline = new Outline();
        outline._points.Add(new Vector2((float)x, (float)y));
        return outline;
    }

    public static Outline Ellipse(double x, double y, double radiusX, double radiusY)
    {
        const int steps = 40;
        var outline = new Outline();
        for (var i = 0; i <= steps; i++)
        {
            var (sin, cos) = Math.SinCos(i * 2 * Math.PI / steps);
            outline._points.Add(new Vector2((float)(x + (radiusX * cos)), (float)(y + (radiusY * sin))));
        }

        return outline;
    }

    public static Outline Rectangle(double left, double top, double right, double bottom) =>
        From(left, top).To(right, top).To(right, bottom).To(left, bottom);

    /// <summary>A straight line.</summary>
    public Outline To(double x, double y)
    {
        _points.Add(new Vector2((float)x, (float)y));
        return this;
    }

    /// <summary>A quadratic curve past (cx, cy).</summary>
    public Outline Bend(double cx, double cy, double x, double y)
    {
        var from = _points[^1];
        return Curve(from.X + ((cx - from.X) * 2 / 3), from.Y + ((cy - from.Y) * 2 / 3), x + ((cx - x) * 2 / 3), y + ((cy - y) * 2 / 3),
            x, y);
    }

    /// <summary>A cubic curve.</summary>
    public Outline Curve(double c1X, double c1Y, double c2X, double c2Y, double x, double y)
    {
        var (a, b, c, d) =
            (_points[^1], new Vector2((float)c1X, (float)c1Y), new Vector2((float)c2X, (float)c2Y), new Vector2((float)x, (float)y));
        for (var i = 1; i <= StepsPerCurve; i++)
        {
            var t = (float)i / StepsPerCurve;
            var u = 1 - t;
            _points.Add((u * u * u * a) + (3 * u * u * t * b) + (3 * u * t * t * c) + (t * t * t * d));
        }

        return this;
    }

    /// <summary>The same, mirrored at the vertical line x = <paramref name="axis"/>.</summary>
    public Outline Mirrored(double axis = 0.5) => Mapped(p => new Vector2((2 * (float)axis) - p.X, p.Y));

    /// <summary>The same, moved.</summary>
    public Outline Moved(double x, double y) => Mapped(p => p + new Vector2((float)x, (float)y));

    private Outline Mapped(Func<Vector2, Vector2> map)
    {
        var outline = new Outline();
        outline._points.AddRange(_points.Select(map));
        return outline;
    }
}
