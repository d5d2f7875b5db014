using Smirk.Imaging;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>Makes squares of pictures: of a part that has the pack's shape, squeezed where that isn't 1:1.</summary>
internal static class SquareFit
{
    /// <summary>The part of <paramref name="picture"/> in the pack's shape, squeezed into a square of the pack's size.</summary>
    /// <param name="picture">Decoded, possibly smaller than stored.</param>
    /// <param name="item">The part, in pixels of the stored picture.</param>
    /// <param name="options">Size, shape, and how it gets it.</param>
    public static Picture Fit(Picture picture, PackItem item, PackOptions options)
    {
        var part = item.Part;
        var (across, down) = ((double)picture.Width / item.Picture.Width, (double)picture.Height / item.Picture.Height);
        if (part.View is { } view)
            return view.Scaled(across, down).Cut(picture, options.Size);
        if (part.Recipe is { } recipe)
            return recipe.Scaled(across, down).Cut(picture, options.Size);
        return Fit(picture, item.Picture.Width, item.Picture.Height, [part.X, part.Y, part.Width, part.Height], options);
    }

    /// <summary>The same for a part that is no recipe.</summary>
    /// <param name="picture">Decoded, possibly smaller than stored.</param>
    /// <param name="storedWidth">Pixels across of the stored picture, upright.</param>
    /// <param name="storedHeight">Pixels down.</param>
    /// <param name="part">x, y, width, height in its pixels.</param>
    /// <param name="options">Size, shape, and how it gets it.</param>
    public static Picture Fit(Picture picture, int storedWidth, int storedHeight, int[] part, PackOptions options)
    {
        var size = options.Size;
        if (options.Fit == PackFit.Crop)
        {
            var middle = Middle(part, options.Aspect);
            return Part(picture, storedWidth, storedHeight, middle[0], middle[1], middle[2], middle[3]).Resize(size, size);
        }

        var (x, y, width, height) = (part[0], part[1], part[2], part[3]);
        var cut = Part(picture, storedWidth, storedHeight, x, y, width, height);
        var (fullWidth, fullHeight) = options.Aspect.Around(width, height);
        return PadByReflection(cut.Resize(Scaled(width, size / fullWidth, size), Scaled(height, size / fullHeight, size)), size);
    }

    /// <summary>The largest part of that shape in the middle of a part: x, y, width, height in whole pixels.</summary>
    public static int[] Middle(int[] part, Aspect aspect)
    {
        var (exactWidth, exactHeight) = aspect.Within(part[2], part[3]);
        var (width, height) = (Math.Max(1, (int)Math.Round(exactWidth)), Math.Max(1, (int)Math.Round(exactHeight)));
        return [part[0] + ((part[2] - width) / 2), part[1] + ((part[3] - height) / 2), width, height];
    }

    /// <summary>The picture in the middle of a square of <paramref name="size"/> pixels, the rest mirrored from it; the edge's own pixels
    /// aren't repeated.</summary>
    public static Picture PadByReflection(Picture picture, int size)
    {
        var square = new Picture(size, size, new byte[size * size * 3]);
        var (left, top) = ((size - picture.Width) / 2, (size - picture.Height) / 2);
        for (var y = 0; y < size; y++)
        {
            var from = picture.Row(Reflect(y - top, picture.Height));
            var to = square.Row(y);
            for (var x = 0; x < size; x++)
                from.Slice(Reflect(x - left, picture.Width) * 3, 3).CopyTo(to[(x * 3)..]);
        }

        return square;
    }

    // …2 1 0 1 2 … n-1 n-2 …, as often as needed.
    private static int Reflect(int at, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        var within = ((at % period) + period) % period;
        return within < length ? within : period - within;
    }

    private static int Scaled(int length, double scale, int size) => Math.Clamp((int)Math.Round(length * scale), 1, size);

    // A JPEG may have been decoded at a fraction of its size; the part shrinks with it.
    private static Picture Part(Picture picture, int storedWidth, int storedHeight, int x, int y, int width, int height)
    {
        var (across, down) = ((double)picture.Width / storedWidth, (double)picture.Height / storedHeight);
        var left = Math.Clamp((int)Math.Round(x * across), 0, picture.Width - 1);
        var top = Math.Clamp((int)Math.Round(y * down), 0, picture.Height - 1);
        var right = Math.Clamp((int)Math.Round((x + width) * across), left + 1, picture.Width);
        var bottom = Math.Clamp((int)Math.Round((y + height) * down), top + 1, picture.Height);
        return left == 0 && top == 0 && right == picture.Width && bottom == picture.Height ? picture
            : picture.Crop(left, top, right - left, bottom - top);
    }
}
