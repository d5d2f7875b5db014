namespace Smirk.Imaging.Vision;

/// <summary>A view into a picture: turned, mirrored, scaled; what lies outside the picture is its reflection.</summary>
/// <param name="X">The view's centre, pixels from the left edge.</param>
/// <param name="Y">The view's centre, pixels from the upper edge.</param>
/// <param name="Scale">Pixels of the view to one pixel of the picture.</param>
/// <param name="Degrees">What leans clockwise by so much stands upright in the view.</param>
/// <param name="Mirror">Whether left and right are swapped, after turning.</param>
/// <param name="Width">Pixels of the view.</param>
/// <param name="Height">Pixels of the view.</param>
public readonly record struct PictureWindow(double X, double Y, double Scale, double Degrees, bool Mirror, int Width, int Height)
{
    /// <summary>A square view of <paramref name="side"/> picture pixels, drawn with <paramref name="size"/> pixels a side.</summary>
    public static PictureWindow Square(double x, double y, double side, int size, double degrees = 0, bool mirror = false) =>
        new(x, y, size / side, degrees, mirror, size, size);

    /// <summary>The picture's point that is seen at (<paramref name="x"/>, <paramref name="y"/>) of the view.</summary>
    public (double X, double Y) ToPicture(double x, double y)
    {
        var (sine, cosine) = Math.SinCos(Degrees * Math.PI / 180);
        var across = (x - (Width / 2.0)) / Scale * (Mirror ? -1 : 1);
        var down = (y - (Height / 2.0)) / Scale;
        return (X + (cosine * across) - (sine * down), Y + (sine * across) + (cosine * down));
    }

    /// <summary>The view of a grey picture.</summary>
    /// <exception cref="VisionException">The view lies wholly outside the picture.</exception>
    public GreyPicture Of(GreyPicture picture) => new(Width, Height, Render(picture.Pixels, picture.Width, picture.Height, 1));

    /// <summary>The view of a colour picture.</summary>
    /// <exception cref="VisionException">The view lies wholly outside the picture.</exception>
    public Picture Of(Picture picture) => new(Width, Height, Render(picture.Pixels, picture.Width, picture.Height, 3));

    private unsafe byte[] Render(byte[] pixels, int width, int height, int channels)
    {
        VisionNative.Ensure();
        var result = new byte[checked(Width * Height * channels)];
        fixed (byte* from = pixels, to = result)
        {
            VisionNative.Check(NativeMethods.Window(
                from, width, height, channels, X, Y, Scale, Degrees, Mirror ? 1 : 0, Width, Height, to));
        }

        return result;
    }
}
