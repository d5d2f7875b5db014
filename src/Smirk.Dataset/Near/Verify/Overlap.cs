using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Where two rectangles, one of them seen through a homography, lie over each other: the box around it and its area, in
/// pixels.</summary>
internal readonly record struct Overlap(double Left, double Top, double Width, double Height, double Area)
{
    /// <summary>The overlap of a width × height rectangle, mapped, with the rectangle 0, 0, frameWidth, frameHeight; null when there is
    /// none.</summary>
    public static Overlap? Of(int width, int height, in Homography map, int frameWidth, int frameHeight)
    {
        List<(double X, double Y)> polygon = Corners(width, height, map);
        polygon = Cut(polygon, p => p.X, 1, 0);
        polygon = Cut(polygon, p => p.X, -1, frameWidth);
        polygon = Cut(polygon, p => p.Y, 1, 0);
        polygon = Cut(polygon, p => p.Y, -1, frameHeight);
        if (polygon.Count < 3)
            return null;
        var (left, top) = (polygon.Min(p => p.X), polygon.Min(p => p.Y));
        return new Overlap(left, top, polygon.Max(p => p.X) - left, polygon.Max(p => p.Y) - top, PolygonArea(polygon));
    }

    /// <summary>The area that a width × height rectangle has when mapped.</summary>
    public static double AreaOf(int width, int height, in Homography map) => PolygonArea(Corners(width, height, map));

    private static List<(double X, double Y)> Corners(int width, int height, Homography map) =>
        [map.Map(0, 0), map.Map(width, 0), map.Map(width, height), map.Map(0, height)];

    // Keeps the part of the polygon where sign * coordinate + limit is not negative (Sutherland and Hodgman).
    private static List<(double X, double Y)> Cut(
        List<(double X, double Y)> polygon, Func<(double X, double Y), double> coordinate, int sign, double limit)
    {
        var kept = new List<(double X, double Y)>(polygon.Count + 2);
        for (var i = 0; i < polygon.Count; i++)
        {
            var (from, to) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (inFrom, inTo) = ((sign * coordinate(from)) + limit, (sign * coordinate(to)) + limit);
            if (inFrom >= 0)
                kept.Add(from);
            if (inFrom >= 0 != inTo >= 0)
            {
                var t = inFrom / (inFrom - inTo);
                kept.Add((from.X + (t * (to.X - from.X)), from.Y + (t * (to.Y - from.Y))));
            }
        }

        return kept;
    }

    private static double PolygonArea(List<(double X, double Y)> polygon)
    {
        var sum = 0.0;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (from, to) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            sum += (from.X * to.Y) - (to.X * from.Y);
        }

        return Math.Abs(sum) / 2;
    }
}
