using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>What a picture has around the part that another one shows too.</summary>
/// <param name="IsPlain">All of one or two tones: a border.</param>
/// <param name="IsBand">Above and below only, as captions are.</param>
/// <param name="IsMade">The part ends in an edge all along: it was set into this picture, rather than cut out of it.</param>
internal readonly record struct Surroundings(bool IsPlain, bool IsBand, bool IsMade)
{
    // Share of the pixels outside that have to be of the most frequent tones.
    private const double Plain = 0.985;

    // How much of a picture's width the part has to fill for the rest to lie above and below it.
    private const double FullWidth = 0.93;

    // How much stronger the step across the part's outline is than steps beside it; 1 where a picture simply goes on.
    private const double Edge = 1.5;

    // The same where the outside is even: how much stronger the step is than that is uneven, and the least of it, in grey levels.
    private const double EvenOutside = 3;
    private const double LeastStep = 8;

    /// <summary>Looks around the part of <paramref name="grey"/> that the other picture shows.</summary>
    /// <param name="grey">The picture, mirrored where the placement says so.</param>
    /// <param name="map">From it to the other picture.</param>
    /// <param name="other">The other picture's size.</param>
    public static Surroundings Of(GreyPicture grey, in Homography map, (int Width, int Height) other)
    {
        var (outside, left, right) = (0, grey.Width, 0);
        Span<int> tones = stackalloc int[32];
        tones.Clear();
        for (var y = 1; y < grey.Height; y += 2)
        {
            for (var x = 1; x < grey.Width; x += 2)
            {
                var (px, py) = map.Map(x, y);
                if (px >= -2 && py >= -2 && px <= other.Width + 2 && py <= other.Height + 2)
                {
                    (left, right) = (Math.Min(left, x), Math.Max(right, x));
                }
                else
                {
                    outside++;
                    tones[grey.Pixels[(y * grey.Width) + x] >> 3]++;
                }
            }
        }

        var most = 0;
        for (var i = 0; i + 1 < tones.Length; i++)
            most = Math.Max(most, tones[i] + tones[i + 1]);
        return new Surroundings(
            outside > 0 && (double)most / outside > Plain, right - left > grey.Width * FullWidth, IsSetIn(grey, map.Inverse(), other));
    }

    // A picture that goes on is as uneven just outside of the outline as just inside, and steps no more across than beside it. Paper, a
    // page and a wall
    // are even along the outline, whatever lies inside.
    private static bool IsSetIn(GreyPicture grey, in Homography back, (int Width, int Height) other)
    {
        const int points = 32;
        const double noise = 2;
        var (across, beside, uneven, count) = (0.0, 0.0, 0.0, 0);
        Span<(double X, double Y)> corners =
            [back.Map(0, 0), back.Map(other.Width, 0), back.Map(other.Width, other.Height), back.Map(0, other.Height)];
        var outside = new List<int>(points);
        for (var side = 0; side < 4; side++)
        {
            var (from, to) = (corners[side], corners[(side + 1) % 4]);
            var length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            var (normalX, normalY) = ((to.Y - from.Y) / length, (from.X - to.X) / length);
            outside.Clear();
            for (var i = 1; i < points; i++)
            {
                var (x, y) = (from.X + ((to.X - from.X) * i / points), from.Y + ((to.Y - from.Y) * i / points));
                if (Value(grey, x + (7 * normalX), y + (7 * normalY)) is not { } far
                    || Value(grey, x - (7 * normalX), y - (7 * normalY)) is not { } deep)
                    continue;
                var (near, shallow) =
                    (Value(grey, x + (3 * normalX), y + (3 * normalY))!.Value, Value(grey, x - (3 * normalX), y - (3 * normalY))!.Value);
                outside.Add(near);
                across += Math.Abs(near - shallow);
                // Four pixels apart here, six across.
                beside += (Math.Abs(far - near) + Math.Abs(shallow - deep)) * 0.75;
            }

            if (outside.Count == 0)
                continue;
            outside.Sort();
            var middle = outside[outside.Count / 2];
            uneven += outside.Sum(value => Math.Abs(value - middle));
            count += outside.Count;
        }

        return count < points / 4 || across + (noise * count) > Edge * (beside + (noise * count))
            || across > (EvenOutside * uneven) + (LeastStep * count);
    }

    private static int? Value(GreyPicture grey, double x, double y)
    {
        var (column, row) = ((int)Math.Round(x), (int)Math.Round(y));
        return column < 0 || row < 0 || column >= grey.Width || row >= grey.Height ? null : grey.Pixels[(row * grey.Width) + column];
    }
}
