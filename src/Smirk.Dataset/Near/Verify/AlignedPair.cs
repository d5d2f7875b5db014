using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Two pictures laid over each other: both drawn into one frame around their overlap, at the coarser one's detail.</summary>
internal sealed class AlignedPair
{
    /// <summary>Longest side of the frame, in pixels: enough for a mouth to fill a block, small enough to compare in a
    /// millisecond.</summary>
    public const int LongestSide = 224;

    private AlignedPair(GreyPicture a, GreyPicture b, PairFrame frame) =>
        (A, B, ToFrameA, ToFrameB, ShareOfA, ShareOfB) = (a, b, frame.FromA, frame.FromB, frame.ShareOfA, frame.ShareOfB);

    /// <summary>The first picture in the frame; 0 where it doesn't reach.</summary>
    public GreyPicture A { get; }

    /// <summary>The second picture in the frame; 0 where it doesn't reach.</summary>
    public GreyPicture B { get; }

    /// <summary>How much of the first picture's area lies under the second, 0–1.</summary>
    public double ShareOfA { get; }

    /// <summary>How much of the second picture's area lies under the first, 0–1.</summary>
    public double ShareOfB { get; }

    /// <summary>From the first picture's pixels to the frame's.</summary>
    public Homography ToFrameA { get; }

    /// <summary>From the second picture's pixels to the frame's.</summary>
    public Homography ToFrameB { get; }

    /// <summary>Lays <paramref name="a"/> over <paramref name="b"/>; null when they overlap in less than 24 pixels across.</summary>
    /// <param name="a">The first picture.</param>
    /// <param name="b">The second picture.</param>
    /// <param name="map">From the first picture's pixels to the second's.</param>
    public static AlignedPair? Lay(GreyPicture a, GreyPicture b, in Homography map)
    {
        if (PairFrame.Of((a.Width, a.Height), (b.Width, b.Height), map, LongestSide) is not { } frame)
            return null;
        return new AlignedPair(Drawn(a, frame.FromA), Drawn(b, frame.FromB), frame);

        GreyPicture Drawn(GreyPicture picture, in Homography toFrame) => new(
            frame.Width, frame.Height, frame.Draw(picture.Pixels, (picture.Width, picture.Height), 1, toFrame));
    }
}
