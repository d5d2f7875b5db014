using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Prepare;

/// <summary>Chooses keypoints that stand for the whole picture: the letters of a caption are its strongest corners, and would leave no room
/// for what is under it.</summary>
internal static class SpreadKeypoints
{
    // The picture in so many parts each way, and the most that one part may have before the others had their share.
    private const int Parts = 4;
    private const int Share = 8;

    /// <summary>At most <paramref name="most"/> places in <paramref name="features"/>, strongest first within what each part may have, then
    /// the strongest that are left.</summary>
    public static IReadOnlyList<int> Choose(LocalFeatures features, int width, int height, int most)
    {
        Span<int> taken = stackalloc int[Parts * Parts];
        taken.Clear();
        var (chosen, left) = (new List<int>(most), new List<int>());
        for (var i = 0; i < features.Count; i++)
        {
            var (x, y) = features.Position(i);
            var part = (Math.Clamp((int)(y * Parts / height), 0, Parts - 1) * Parts) + Math.Clamp((int)(x * Parts / width), 0, Parts - 1);
            if (chosen.Count < most && taken[part]++ < Share)
                chosen.Add(i);
            else
                left.Add(i);
        }

        return [.. chosen.Concat(left.Take(most - chosen.Count)).Order()];
    }
}
