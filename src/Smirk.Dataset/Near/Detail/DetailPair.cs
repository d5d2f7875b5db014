using Smirk.Dataset.Near.Verify;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Detail;

/// <summary>Two pictures laid over each other in full detail, each of the first one's blocks moved to where it fits best: a map is a pixel
/// or two off at this scale.</summary>
internal sealed class DetailPair
{
    // Pixels across a block that is moved as a whole, and how far it may go.
    private const int Block = 32;
    private const int Reach = 3;

    // Where neither is blurred or bent: two fishes of other proportions fit when each stroke may move for itself.
    private const int ReachOfFlat = 1;

    private readonly int _reach;

    private DetailPair(PairFrame frame, byte[] a, byte[] b, bool areFlat)
    {
        AreFlat = areFlat;
        _reach = areFlat ? ReachOfFlat : Reach;
        (Width, Height, ToFrameB) = (frame.Width, frame.Height, frame.FromB);
        (LumaA, BlueA, RedA) = (Plane(a, 0), Plane(a, 1), Plane(a, 2));
        (LumaB, BlueB, RedB) = (Plane(b, 0), Plane(b, 1), Plane(b, 2));
    }

    /// <summary>Pixels across the frame.</summary>
    public int Width { get; }

    /// <summary>Pixels down the frame.</summary>
    public int Height { get; }

    /// <summary>From the second picture's detail pixels to the frame's.</summary>
    public Homography ToFrameB { get; }

    /// <summary>Whether both are line art, sprites, scores.</summary>
    public bool AreFlat { get; }

    /// <summary>Luminance of the first picture in the frame; 0 where it doesn't reach.</summary>
    public byte[] LumaA { get; private set; }

    /// <summary>Luminance of the second picture in the frame; 0 where it doesn't reach.</summary>
    public byte[] LumaB { get; }

    /// <summary>Blue chroma of the first picture.</summary>
    public byte[] BlueA { get; private set; }

    /// <summary>Blue chroma of the second picture.</summary>
    public byte[] BlueB { get; }

    /// <summary>Red chroma of the first picture.</summary>
    public byte[] RedA { get; private set; }

    /// <summary>Red chroma of the second picture.</summary>
    public byte[] RedB { get; }

    /// <summary>Lays <paramref name="a"/> over <paramref name="b"/>; null when they hardly overlap.</summary>
    /// <param name="a">The first picture, mirrored already where it has to be.</param>
    /// <param name="b">The second picture.</param>
    /// <param name="map">From the first picture's detail pixels to the second's.</param>
    public static DetailPair? Lay(DetailPicture a, DetailPicture b, in Homography map)
    {
        if (PairFrame.Of((a.Width, a.Height), (b.Width, b.Height), map, DetailPicture.LongestSide) is not { } frame)
            return null;
        var pair = new DetailPair(frame, Drawn(a, frame.FromA), Drawn(b, frame.FromB), a.IsFlat && b.IsFlat);
        pair.MoveBlocks();
        return pair;

        byte[] Drawn(DetailPicture picture, in Homography toFrame) =>
            frame.Draw(picture.Planes.Pixels, (picture.Width, picture.Height), 3, toFrame);
    }

    private static byte[] Plane(byte[] interleaved, int channel)
    {
        var plane = new byte[interleaved.Length / 3];
        for (var i = 0; i < plane.Length; i++)
            plane[i] = interleaved[(3 * i) + channel];
        return plane;
    }

    private void MoveBlocks()
    {
        var level = LumaTone.Fit(LumaA, LumaB).Levels();
        var levelled = Array.ConvertAll(LumaA, value => level[value]);
        var (luma, blue, red) = ((byte[])LumaA.Clone(), (byte[])BlueA.Clone(), (byte[])RedA.Clone());
        for (var top = 0; top < Height; top += Block)
        {
            for (var left = 0; left < Width; left += Block)
            {
                var (dx, dy) = BestShift(levelled, left, top);
                if (dx == 0 && dy == 0)
                    continue;
                for (var y = top; y < Math.Min(Height, top + Block); y++)
                {
                    for (var x = left; x < Math.Min(Width, left + Block); x++)
                    {
                        var from = (Math.Clamp(y + dy, 0, Height - 1) * Width) + Math.Clamp(x + dx, 0, Width - 1);
                        (luma[(y * Width) + x], blue[(y * Width) + x], red[(y * Width) + x]) = (LumaA[from], BlueA[from], RedA[from]);
                    }
                }
            }
        }

        (LumaA, BlueA, RedA) = (luma, blue, red);
    }

    // The shift with the least sum of differences; staying wins a tie, and a gain too small to matter.
    private (int X, int Y) BestShift(byte[] levelled, int left, int top)
    {
        var (right, bottom) = (Math.Min(Width - _reach, left + Block), Math.Min(Height - _reach, top + Block));
        var (startX, startY) = (Math.Max(_reach, left), Math.Max(_reach, top));
        var still = Difference(levelled, startX, startY, right, bottom, 0, 0, long.MaxValue);
        var (least, best) = (still - (still / 16) - 1, (X: 0, Y: 0));
        for (var dy = -_reach; dy <= _reach; dy++)
        {
            for (var dx = -_reach; dx <= _reach; dx++)
            {
                var sum = Difference(levelled, startX, startY, right, bottom, dx, dy, least);
                if (sum < least)
                    (least, best) = (sum, (dx, dy));
            }
        }

        return best;
    }

    private long Difference(byte[] levelled, int left, int top, int right, int bottom, int dx, int dy, long least)
    {
        long sum = 0;
        var width = Math.Max(0, right - left);
        for (var y = top; y < bottom && sum < least; y++)
            sum += Rows.Difference(levelled.AsSpan(((y + dy) * Width) + left + dx, width), LumaB.AsSpan((y * Width) + left, width));

        return sum;
    }
}
