namespace Smirk.Imaging.Vision;

/// <summary>A picture's ORB keypoints and their 256-bit descriptors, strongest first.</summary>
public sealed class LocalFeatures
{
    /// <summary>64-bit words in a descriptor.</summary>
    public const int Words = 4;

    // ORB leaves this many pixels at each edge alone.
    private const int Edge = 19;

    private readonly float[] _points;

    /// <summary>Wraps what <see cref="Detect"/> found, or what a catalog kept of it.</summary>
    /// <param name="points">x, y, size (pixels) and angle (degrees) a keypoint.</param>
    /// <param name="descriptors">Four words a keypoint.</param>
    public LocalFeatures(float[] points, ulong[] descriptors)
    {
        if (points.Length != descriptors.Length)
            throw new ArgumentException(
                $"{points.Length / 4} keypoints don't go with {descriptors.Length / Words} descriptors", nameof(descriptors));
        (_points, Descriptors) = (points, descriptors);
    }

    /// <summary>How many keypoints.</summary>
    public int Count => _points.Length / 4;

    /// <summary>x, y, size (pixels) and angle (degrees) a keypoint, one after the other.</summary>
    public ReadOnlySpan<float> Points => _points;

    /// <summary>Four words a keypoint, one after the other.</summary>
    public ulong[] Descriptors { get; }

    /// <summary>The descriptor of one keypoint.</summary>
    public ReadOnlySpan<ulong> Descriptor(int index) => Descriptors.AsSpan(index * Words, Words);

    /// <summary>Where a keypoint is, in pixels.</summary>
    public (float X, float Y) Position(int index) => (_points[4 * index], _points[(4 * index) + 1]);

    /// <summary>The diameter of the keypoint's neighbourhood, in pixels.</summary>
    public float Size(int index) => _points[(4 * index) + 2];

    /// <summary>The keypoint's direction, 0–360 degrees.</summary>
    public float Angle(int index) => _points[(4 * index) + 3];

    /// <summary>Finds at most <paramref name="max"/> keypoints. Pictures under 39 pixels across or down have none.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="contrast">The least difference of luminance that makes a corner, 1–255.</param>
    public static unsafe LocalFeatures Detect(GreyPicture picture, int max, int contrast)
    {
        // OpenCV makes smaller copies of the picture first, and of a picture of one line the smallest has none.
        if (Math.Min(picture.Width, picture.Height) <= 2 * Edge)
            return new LocalFeatures([], []);
        VisionNative.Ensure();
        var points = new float[4 * max];
        var descriptors = new ulong[Words * max];
        int count;
        fixed (byte* grey = picture.Pixels)
        fixed (float* point = points)
        fixed (ulong* descriptor = descriptors)
            VisionNative.Check(NativeMethods.Orb(grey, picture.Width, picture.Height, max, contrast, point, (byte*)descriptor, out count));
        return new LocalFeatures(points[..(4 * count)], descriptors[..(Words * count)]);
    }
}
