using Smirk.Dataset.Near.Prepare;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>What a map does to a picture's rectangle: whether that can happen to a picture, and by how much it is turned or
/// slanted.</summary>
internal static class MapShape
{
    // Beyond these no keypoints of a 512-pixel picture could still be trusted to agree.
    private const double LargestScale = 6;

    /// <summary>Whether the rectangle stays a convex quadrilateral that isn't turned over, squashed or blown up.</summary>
    public static bool IsPlausible(in Homography map, int width, int height)
    {
        Span<(double X, double Y)> corners = [map.Map(0, 0), map.Map(width, 0), map.Map(width, height), map.Map(0, height)];
        Span<double> scales = stackalloc double[4];
        for (var i = 0; i < 4; i++)
        {
            var (before, at, after) = (corners[(i + 3) % 4], corners[i], corners[(i + 1) % 4]);
            if (!double.IsFinite(at.X) || !double.IsFinite(at.Y))
                return false;
            if (((at.X - before.X) * (after.Y - at.Y)) - ((at.Y - before.Y) * (after.X - at.X)) <= 0)
                return false;
            scales[i] = Math.Sqrt(Math.Abs(map.Jacobian(i is 1 or 2 ? width : 0, i >= 2 ? height : 0)));
        }

        var (least, most) = (double.MaxValue, 0.0);
        foreach (var scale in scales)
            (least, most) = (Math.Min(least, scale), Math.Max(most, scale));
        // A phone held aslant makes the far side a little smaller, not half.
        return least > 1 / LargestScale && most < LargestScale && most / least < 2 && Stretch(map, width, height) < 1.6;
    }

    /// <summary>Turn in degrees, −180–180, at the picture's centre.</summary>
    public static double Turn(in Homography map, int width, int height)
    {
        var (x0, y0) = map.Map((width / 2.0) - 1, height / 2.0);
        var (x1, y1) = map.Map((width / 2.0) + 1, height / 2.0);
        return Math.Atan2(y1 - y0, x1 - x0) * 180 / Math.PI;
    }

    /// <summary>How far the corners are from where turning, scaling and shifting alone would put them, as a share of the mapped
    /// diagonal.</summary>
    public static double Slant(in Homography map, int width, int height)
    {
        Span<(double X, double Y)> corners = [map.Map(0, 0), map.Map(width, 0), map.Map(width, height), map.Map(0, height)];
        // Of any similar rectangle's corners the diagonals cross in their middles, and are equally long.
        var (middleX, middleY) =
            ((corners[0].X + corners[2].X - corners[1].X - corners[3].X) / 2,
                (corners[0].Y + corners[2].Y - corners[1].Y - corners[3].Y) / 2);
        var (first, second) = (Length(corners[0], corners[2]), Length(corners[1], corners[3]));
        return (Math.Sqrt((middleX * middleX) + (middleY * middleY)) + Math.Abs(first - second)) / Math.Max(first, second);
    }

    /// <summary>The map that lays <paramref name="from"/> on <paramref name="to"/> after one of PDQ's eight turns and flips.</summary>
    public static Homography Lay(PictureBox from, PictureBox to, int dihedral)
    {
        var unit = Homography.ScaleShift(1.0 / from.Width, 1.0 / from.Height, -(double)from.X / from.Width, -(double)from.Y / from.Height);
        var turn = dihedral switch
        {
            1 => new Homography(0, 1, 0, -1, 0, 1, 0, 0, 1),
            2 => new Homography(-1, 0, 1, 0, -1, 1, 0, 0, 1),
            3 => new Homography(0, -1, 1, 1, 0, 0, 0, 0, 1),
            4 => new Homography(1, 0, 0, 0, -1, 1, 0, 0, 1),
            5 => new Homography(-1, 0, 1, 0, 1, 0, 0, 0, 1),
            6 => new Homography(0, 1, 0, 1, 0, 0, 0, 0, 1),
            7 => new Homography(0, -1, 1, -1, 0, 1, 0, 0, 1),
            _ => Homography.Identity,
        };
        return unit.Then(turn).Then(Homography.ScaleShift(to.Width, to.Height, to.X, to.Y));
    }

    // Width's scale over height's, or the other way round.
    private static double Stretch(in Homography map, int width, int height)
    {
        var across = Length(map.Map(0, height / 2.0), map.Map(width, height / 2.0)) / width;
        var down = Length(map.Map(width / 2.0, 0), map.Map(width / 2.0, height)) / height;
        return Math.Max(across / down, down / across);
    }

    private static double Length((double X, double Y) from, (double X, double Y) to) =>
        Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
}
