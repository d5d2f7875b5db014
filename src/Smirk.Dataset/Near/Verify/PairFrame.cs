using System.Numerics;
using System.Runtime.InteropServices;
using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>The frame around the overlap of two pictures that both are drawn into, at the coarser one's detail.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="FromA">From the first picture's pixels to the frame's.</param>
/// <param name="FromB">From the second picture's pixels to the frame's.</param>
/// <param name="ShareOfA">How much of the first picture's area lies under the second, 0–1.</param>
/// <param name="ShareOfB">How much of the second picture's area lies under the first, 0–1.</param>
internal sealed record PairFrame(int Width, int Height, Homography FromA, Homography FromB, double ShareOfA, double ShareOfB)
{
    /// <summary>The frame of two pictures; null when they overlap in less than 24 pixels across.</summary>
    /// <param name="a">The first picture's size.</param>
    /// <param name="b">The second picture's size.</param>
    /// <param name="map">From the first picture's pixels to the second's.</param>
    /// <param name="longestSide">Longest side of the frame, in pixels.</param>
    public static PairFrame? Of((int Width, int Height) a, (int Width, int Height) b, in Homography map, int longestSide)
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
        var shareOfOver = Math.Min(1, box.Area / Math.Max(1e-9, Overlap.AreaOf(over.Width, over.Height, toFrame)));
        var shareOfFrame = Math.Min(1, box.Area / ((double)frame.Width * frame.Height));
        return inA
            ? new PairFrame(width, height, crop, toFrame.Then(crop), shareOfFrame, shareOfOver)
            : new PairFrame(width, height, toFrame.Then(crop), crop, shareOfOver, shareOfFrame);
    }

    /// <summary>Draws a picture into the frame; 0 where it doesn't reach, and nowhere else.</summary>
    /// <param name="pixels">Rows of interleaved bytes.</param>
    /// <param name="picture">The picture's size.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="map">From the picture's pixels to the frame's.</param>
    public byte[] Draw(byte[] pixels, (int Width, int Height) picture, int channels, in Homography map)
    {
        // Shrinks by area first where the map shrinks much: bilinear sampling alone would skip pixels.
        var shrink = Math.Sqrt(Math.Abs(map.Inverse().Jacobian(Width / 2.0, Height / 2.0)));
        var drawn = map;
        if (shrink > 1.4)
        {
            var width = Math.Max(1, (int)Math.Round(picture.Width / shrink));
            var height = Math.Max(1, (int)Math.Round(picture.Height / shrink));
            var (back, down) = ((double)picture.Width / width, (double)picture.Height / height);
            drawn = Homography.ScaleShift(back, down, (back - 1) / 2, (down - 1) / 2).Then(map);
            pixels = PixelPlane.Resize(pixels, picture.Width, picture.Height, channels, width, height);
            picture = (width, height);
        }
        else
        {
            pixels = (byte[])pixels.Clone();
        }

        // 0 means "outside" in the result, so the darkest that a picture itself may be is 1.
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(pixels.AsSpan());
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.Max(vectors[i], Vector<byte>.One);
        for (var i = vectors.Length * Vector<byte>.Count; i < pixels.Length; i++)
            pixels[i] = Math.Max(pixels[i], (byte)1);
        return PixelPlane.Warp(pixels, picture.Width, picture.Height, channels, drawn, Width, Height);
    }
}
