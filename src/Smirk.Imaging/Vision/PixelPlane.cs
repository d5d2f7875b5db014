namespace Smirk.Imaging.Vision;

/// <summary>OpenCV's resize and warp over rows of interleaved bytes.</summary>
public static unsafe class PixelPlane
{
    /// <summary>Area averaging where it shrinks, bicubic where it grows.</summary>
    public static byte[] Resize(byte[] pixels, int width, int height, int channels, int width2, int height2)
    {
        VisionNative.Ensure();
        var result = new byte[checked(width2 * height2 * channels)];
        fixed (byte* from = pixels, to = result)
            VisionNative.Check(NativeMethods.Resize(from, width, height, channels, width2, height2, to));
        return result;
    }

    /// <summary>Bilinear through <paramref name="homography"/> (source to result); 0 where nothing lands.</summary>
    public static byte[] Warp(byte[] pixels, int width, int height, int channels, in Homography homography, int width2, int height2)
    {
        VisionNative.Ensure();
        var result = new byte[checked(width2 * height2 * channels)];
        var matrix = stackalloc double[9];
        homography.CopyTo(new Span<double>(matrix, 9));
        fixed (byte* from = pixels, to = result)
            VisionNative.Check(NativeMethods.Warp(from, width, height, channels, matrix, width2, height2, to));
        return result;
    }
}
