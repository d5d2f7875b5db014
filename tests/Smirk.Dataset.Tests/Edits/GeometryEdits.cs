using Smirk.Imaging;
using Smirk.Imaging.Resizing;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Other size, other frame, other way up.</summary>
internal static class GeometryEdits
{
    /// <summary>To 35–170 %, one time in four a little stretched.</summary>
    public static Picture Resize(Picture picture, Random random)
    {
        var scale = random.Between(0.35, 1.7);
        var stretch = random.Next(4) == 0 ? random.Between(0.9, 1.1) : 1;
        ResizeKernel[] kernels = [ResizeKernel.Box, ResizeKernel.Linear, ResizeKernel.Cubic, ResizeKernel.Lanczos3];
        return picture.Resize(
            Math.Max(16, (int)(picture.Width * scale * stretch)), Math.Max(16, (int)(picture.Height * scale)), kernels[random.Next(4)]);
    }

    /// <summary>3–22 % off in each direction, unevenly.</summary>
    public static Picture Crop(Picture picture, Random random)
    {
        var (across, down) = (random.Between(0.03, 0.22), random.Between(0.03, 0.22));
        var (width, height) = ((int)(picture.Width * (1 - across)), (int)(picture.Height * (1 - down)));
        return picture.Crop(random.Next(picture.Width - width + 1), random.Next(picture.Height - height + 1), width, height);
    }

    /// <summary>One time in four by quarter turns; else by 2–14°, the corners filled with one colour or cut off.</summary>
    public static Picture Rotate(Picture picture, Random random)
    {
        if (random.Next(4) == 0)
            return picture.Rotate90(random.Next(1, 4));
        var angle = random.Between(2, 14) * Math.PI / 180 * (random.Next(2) == 0 ? -1 : 1);
        var (sin, cos) = Math.SinCos(angle);
        var (middleX, middleY) = (picture.Width / 2.0, picture.Height / 2.0);
        var grey = (byte)(random.Next(2) * 255);
        var turned = Warp.Apply(
            picture,
            picture.Width,
            picture.Height,
            (x, y) => (middleX + ((x - middleX) * cos) - ((y - middleY) * sin), middleY + ((x - middleX) * sin) + ((y - middleY) * cos)),
            (grey, grey, grey));
        if (random.Next(2) == 0)
            return turned;
        // The largest centred frame without empty corners, for a square.
        var share = 1 / (Math.Abs(sin) + cos);
        var (width, height) = ((int)(picture.Width * share), (int)(picture.Height * share));
        return turned.Crop((picture.Width - width) / 2, (picture.Height - height) / 2, width, height);
    }
}
