namespace Smirk.Export.Buckets;

/// <summary>The sizes that trainers with aspect buckets scale pictures to: steps of 64 pixels, at most as many pixels as the square of the
/// resolution, sides from half of it to twice as much. A picture goes into the one whose shape is nearest to its own.</summary>
internal sealed class AspectBuckets
{
    private const int Step = 64;

    private readonly IReadOnlyList<(int Width, int Height)> _sizes;

    /// <summary>The buckets of <paramref name="resolution"/>² pixels.</summary>
    public AspectBuckets(int resolution)
    {
        Resolution = resolution;
        var sizes = new SortedSet<(int, int)> { (resolution / Step * Step, resolution / Step * Step) };
        for (var width = resolution / 2; width <= resolution * 2; width += Step)
        {
            var height = Math.Min(resolution * 2, resolution * resolution / width / Step * Step);
            if (height < resolution / 2)
                continue;
            sizes.Add((width, height));
            sizes.Add((height, width));
        }

        _sizes = [.. sizes];
    }

    /// <summary>Edge of the square bucket.</summary>
    public int Resolution { get; }

    /// <summary>What becomes of a picture of that size: the bucket, by how much it is scaled, and how much of it, in its own pixels, is cut
    /// off at each side.</summary>
    public Placement Place(int width, int height)
    {
        var shape = Math.Log((double)width / height);
        var (bucketWidth, bucketHeight) = _sizes.MinBy(s => Math.Abs(Math.Log((double)s.Width / s.Height) - shape));
        var scale = Math.Max((double)bucketWidth / width, (double)bucketHeight / height);
        var (across, down) = (width - (bucketWidth / scale), height - (bucketHeight / scale));
        return new Placement(bucketWidth, bucketHeight, scale, Math.Max(0, across / 2), Math.Max(0, down / 2));
    }
}

/// <summary>Where a picture goes.</summary>
/// <param name="Width">The bucket's.</param>
/// <param name="Height">The bucket's.</param>
/// <param name="Scale">Above 1 where the picture is enlarged.</param>
/// <param name="Across">Pixels of the picture that are cut off on the left, and as many on the right.</param>
/// <param name="Down">Pixels that are cut off above, and as many below.</param>
internal sealed record Placement(int Width, int Height, double Scale, double Across, double Down)
{
    // A step of the bucket's size is lost to rounding in nearly every picture.
    private const double Hardly = 0.02;

    /// <summary>Whether a part worth mentioning is cut off a picture of that size.</summary>
    public bool Cuts(int width, int height) => Across * 2 > width * Hardly || Down * 2 > height * Hardly;
}
