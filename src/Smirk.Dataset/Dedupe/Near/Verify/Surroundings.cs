using Smirk.Dataset.Dedupe.Near.Prepare;

namespace Smirk.Dataset.Dedupe.Near.Verify;

/// <summary>What a picture has around the part that another one shows too.</summary>
/// <param name="IsPlain">All of one or two tones: a border.</param>
/// <param name="IsBand">Above and below only, as captions are.</param>
internal readonly record struct Surroundings(bool IsPlain, bool IsBand)
{
    // Share of the pixels outside that have to be of the most frequent tones.
    private const double Plain = 0.985;

    // How much of a picture's width the part has to fill for the rest to lie above and below it.
    private const double FullWidth = 0.93;

    /// <summary>Looks around the keeper's part of <paramref name="member"/>; null when the member is turned within its own frame rather than placed in another.</summary>
    public static Surroundings? Of(PreparedPicture member, PairMatch match)
    {
        var grey = match.Mirrored ? member.Grey.Mirror() : member.Grey;
        var back = match.Map;
        var (inside, outside) = (0, 0);
        var (left, right) = (grey.Width, 0);
        Span<int> tones = stackalloc int[32];
        tones.Clear();
        for (var y = 1; y < grey.Height; y += 2)
        {
            for (var x = 1; x < grey.Width; x += 2)
            {
                if (IsInside(back.Map(x, y), match))
                {
                    inside++;
                    (left, right) = (Math.Min(left, x), Math.Max(right, x));
                }
                else
                {
                    outside++;
                    tones[grey.Pixels[(y * grey.Width) + x] >> 3]++;
                }
            }
        }

        if (outside == 0 || inside == 0)
            return null;
        // A picture turned a little keeps its size: only corners lie outside.
        var most = 0;
        for (var i = 0; i + 1 < tones.Length; i++)
            most = Math.Max(most, tones[i] + tones[i + 1]);
        return new Surroundings((double)most / outside > Plain, right - left > grey.Width * FullWidth);
    }

    private static bool IsInside((double X, double Y) point, PairMatch match) =>
        point.X >= -2 && point.Y >= -2 && point.X <= match.KeeperSize.Width + 2 && point.Y <= match.KeeperSize.Height + 2;
}
