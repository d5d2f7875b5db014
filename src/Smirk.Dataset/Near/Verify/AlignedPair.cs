using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>Two pictures laid over each other: both drawn into one frame around their overlap, at the coarser one's detail.</summary>
internal sealed class AlignedPair
{
    /// <summary>Longest side of the frame, in pixels: enough for a mouth to fill a block, small enough to compare in a
    /// millisecond.</summary>
    public const int LongestSide = 224;

    private AlignedPair(GreyPicture a, GreyPicture b, Homography toFrameA, Homography toFrameB, double shareOfA, double shareOfB) =>
        (A, B, ToFrameA, ToFrameB, ShareOfA, ShareOfB) = (a, b, toFrameA, toFrameB, shareOfA, shareOfB);

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
    /// <param name="longestSide">Longest side of the frame, in pixels.</param>
    public static AlignedPair? Lay(GreyPicture a, GreyPicture b, in Homography map, int longestSide = LongestSide)
    {
        var scale = Math.Sqrt(Math.Abs(map.Jacobian(a.Width / 2.0, a.Height / 2.0)));
        // The frame is laid in the coarser picture, so that nothing is compared that one of the two can't show.
        var inA = scale > 1;
        var (frame, over, toFrame) = inA ? (a, b, map.Inverse()) : (b, a, map);
        var overlap = Overlap.Of(over.Width, over.Height, toFrame, frame.Width, frame.Height);
        if (overlap is not { } box || box.Width < 24 || box.Height < 24)
            return null;

        var zoom = Math.Min(1, longestSide / Math.Max(box.Width, box.Height));
        var (width, height) = ((int)Math.Round(box.Width * zoom), (int)Math.Round(box.Height * zoom));
        var crop = Homography.ScaleShift(zoom, zoom, (-box.Left * zoom) + ((zoom - 1) / 2), (-box.Top * zoom) + ((zoom - 1) / 2));
        var still = Draw(frame, crop, width, height);
        var laid = Draw(over, toFrame.Then(crop), width, height);
        var areaOver = box.Area / Math.Max(1e-9, Overlap.AreaOf(over.Width, over.Height, toFrame));
        var areaFrame = box.Area / ((double)frame.Width * frame.Height);
        return inA
            ? new AlignedPair(still, laid, crop, toFrame.Then(crop), Math.Min(1, areaFrame), Math.Min(1, areaOver))
            : new AlignedPair(laid, still, toFrame.Then(crop), crop, Math.Min(1, areaOver), Math.Min(1, areaFrame));
    }

    // Shrinks by area first where the map shrinks much: bilinear sampling alone would skip pixels.
    private static GreyPicture Draw(GreyPicture picture, in Homography map, int width, int height)
    {
        var shrink = Math.Sqrt(Math.Abs(map.Inverse().Jacobian(width / 2.0, height / 2.0)));
        var drawn = map;
        if (shrink > 1.4)
        {
            var smaller =
                picture.Resize(Math.Max(1, (int)Math.Round(picture.Width / shrink)), Math.Max(1, (int)Math.Round(picture.Height / shrink)));
            var (back, down) = ((double)picture.Width / smaller.Width, (double)picture.Height / smaller.Height);
            drawn = Homography.ScaleShift(back, down, (back - 1) / 2, (down - 1) / 2).Then(map);
            picture = smaller;
        }

        // 0 means "outside" in the result, so the darkest that a picture itself may be is 1.
        var pixels = (byte[])picture.Pixels.Clone();
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = Math.Max(pixels[i], (byte)1);
        return new GreyPicture(picture.Width, picture.Height, pixels).Warp(drawn, width, height);
    }
}
