using Smirk.Imaging.Resizing;

namespace Smirk.Imaging;

/// <summary>Pixels: 8-bit sRGB, interleaved red, green, blue, row by row from the top left, no alpha.</summary>
/// <remarks>Operations return new pictures; nobody writes into <see cref="Pixels"/> of a picture that was handed out.</remarks>
public sealed class Picture
{
    /// <summary>Takes over <paramref name="pixels"/>, which must hold width × height × 3 bytes.</summary>
    /// <exception cref="ArgumentException">The sizes don't agree, or one isn't positive.</exception>
    public Picture(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width <= 0 || height <= 0 || pixels.LongLength != (long)width * height * 3)
            throw new ArgumentException(
                $"{width} × {height} pixels take {(long)width * height * 3} bytes, not {pixels.LongLength}.", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>A picture of one colour.</summary>
    public Picture(int width, int height, byte red, byte green, byte blue)
        : this(width, height, new byte[checked(width * height * 3)])
    {
        for (var i = 0; i < Pixels.Length; i += 3)
            (Pixels[i], Pixels[i + 1], Pixels[i + 2]) = (red, green, blue);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Width × height × 3 bytes.</summary>
    public byte[] Pixels { get; }

    /// <summary>One row of pixels, <see cref="Width"/> × 3 bytes.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>The part of <paramref name="width"/> × <paramref name="height"/> pixels whose top left corner is (x, y).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part doesn't lie within the picture.</exception>
    public Picture Crop(int x, int y, int width, int height)
    {
        if (x < 0 || y < 0 || width <= 0 || height <= 0 || (long)x + width > Width || (long)y + height > Height)
            throw new ArgumentOutOfRangeException(
                nameof(width), $"The part {width} × {height} at ({x}, {y}) doesn't lie within {Width} × {Height}.");
        var pixels = new byte[width * height * 3];
        for (var row = 0; row < height; row++)
            Row(y + row).Slice(x * 3, width * 3).CopyTo(pixels.AsSpan(row * width * 3));
        return new Picture(width, height, pixels);
    }

    /// <summary>Stretches to <paramref name="width"/> × <paramref name="height"/>; shrinking widens the kernel, so nothing
    /// aliases.</summary>
    public Picture Resize(int width, int height, ResizeKernel kernel = ResizeKernel.Lanczos3) =>
        Resampler.Resize(this, width, height, kernel);

    /// <summary>Left and right swapped.</summary>
    public Picture MirrorHorizontally() => Remap(Width, Height, (x, y) => (Width - 1 - x, y));

    /// <summary>Turned clockwise by <paramref name="quarterTurns"/> × 90°; negative turns the other way.</summary>
    public Picture Rotate90(int quarterTurns) => (quarterTurns & 3) switch
    {
        1 => Remap(Height, Width, (x, y) => (y, Height - 1 - x)),
        2 => Remap(Width, Height, (x, y) => (Width - 1 - x, Height - 1 - y)),
        3 => Remap(Height, Width, (x, y) => (Width - 1 - y, x)),
        _ => this,
    };

    /// <summary>Turned and mirrored as EXIF's orientation (1 to 8) asks; other values leave the picture as it is.</summary>
    public Picture Oriented(int orientation) => orientation switch
    {
        2 => MirrorHorizontally(),
        3 => Rotate90(2),
        4 => Rotate90(2).MirrorHorizontally(),
        5 => Rotate90(1).MirrorHorizontally(),
        6 => Rotate90(1),
        7 => Rotate90(3).MirrorHorizontally(),
        8 => Rotate90(3),
        _ => this,
    };

    private Picture Remap(int width, int height, Func<int, int, (int X, int Y)> source)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            // All of these maps are straight lines along a row, so two points give the step.
            var (firstX, firstY) = source(0, y);
            var (secondX, secondY) = width > 1 ? source(1, y) : (firstX, firstY);
            var from = (firstY * Width + firstX) * 3;
            var step = ((secondY - firstY) * Width + secondX - firstX) * 3;
            for (var to = y * width * 3; to < (y + 1) * width * 3; to += 3, from += step)
                (pixels[to], pixels[to + 1], pixels[to + 2]) = (Pixels[from], Pixels[from + 1], Pixels[from + 2]);
        }

        return new Picture(width, height, pixels);
    }
}
