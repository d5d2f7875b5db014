namespace Smirk.Imaging.Vision;

/// <summary>A picture's luminance, 8 bits a pixel, row after row.</summary>
public sealed class GreyPicture
{
    /// <summary>Wraps <paramref name="pixels"/>, which are not copied.</summary>
    /// <exception cref="ArgumentException">The sides aren't positive or don't fit the number of pixels.</exception>
    public GreyPicture(int width, int height, byte[] pixels)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
            throw new ArgumentException($"{pixels.Length} pixels don't make {width}×{height}", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Luminance, 0–255.</summary>
    public byte[] Pixels { get; }

    /// <summary>The luminance (Rec. 601) of interleaved RGB bytes.</summary>
    public static GreyPicture FromRgb(int width, int height, ReadOnlySpan<byte> rgb)
    {
        var pixels = new byte[checked(width * height)];
        if (rgb.Length != pixels.Length * 3L)
            throw new ArgumentException($"{rgb.Length} bytes don't make {width}×{height} RGB pixels", nameof(rgb));
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(((19595 * rgb[3 * i]) + (38470 * rgb[(3 * i) + 1]) + (7471 * rgb[(3 * i) + 2]) + 32768) >> 16);
        return new GreyPicture(width, height, pixels);
    }

    /// <summary>The same picture in another size: area averaging where it shrinks, bicubic where it grows.</summary>
    public GreyPicture Resize(int width, int height) =>
        (width, height) == (Width, Height)
            ? this
            : new GreyPicture(width, height, PixelPlane.Resize(Pixels, Width, Height, 1, width, height));

    /// <summary>The picture seen through <paramref name="homography"/> (this picture to the result); 0 where nothing lands.</summary>
    public GreyPicture Warp(in Homography homography, int width, int height) =>
        new(width, height, PixelPlane.Warp(Pixels, Width, Height, 1, homography, width, height));

    /// <summary>The picture behind a Gaussian of <paramref name="sigma"/> pixels.</summary>
    public unsafe GreyPicture Blur(double sigma)
    {
        VisionNative.Ensure();
        var result = new byte[Pixels.Length];
        fixed (byte* from = Pixels, to = result)
            VisionNative.Check(NativeMethods.Blur(from, Width, Height, sigma, to));
        return new GreyPicture(Width, Height, result);
    }

    /// <summary>A rectangle of the picture, copied.</summary>
    public GreyPicture Crop(int x, int y, int width, int height)
    {
        var pixels = new byte[checked(width * height)];
        for (var row = 0; row < height; row++)
            Array.Copy(Pixels, ((y + row) * Width) + x, pixels, row * width, width);
        return new GreyPicture(width, height, pixels);
    }

    /// <summary>The picture mirrored left to right.</summary>
    public GreyPicture Mirror()
    {
        var pixels = (byte[])Pixels.Clone();
        for (var row = 0; row < Height; row++)
            pixels.AsSpan(row * Width, Width).Reverse();
        return new GreyPicture(Width, Height, pixels);
    }
}
