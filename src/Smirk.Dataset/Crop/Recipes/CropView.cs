using Smirk.Imaging;
using Smirk.Imaging.Vision;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Crop.Recipes;

/// <summary>An oblong part of a picture that a crop has grown to, for packs whose pictures aren't square.</summary>
/// <param name="X">Its middle, pixels of the upright picture.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Angle">It leans so many degrees clockwise; the part is turned back by as much.</param>
internal sealed record CropView(double X, double Y, double Width, double Height, double Angle)
{
    private const double Parallel = 1e-9;

    /// <summary>The part in whole pixels before it is turned: x, y, width, height; may reach beyond the picture.</summary>
    public int[] Box =>
    [
        (int)Math.Round(X - (Width / 2)), (int)Math.Round(Y - (Height / 2)), (int)Math.Round(Width), (int)Math.Round(Height),
    ];

    /// <summary>Grows a recipe's square (see <see cref="Grown"/>).</summary>
    public static CropView Of(CropRecipe recipe, Aspect aspect, int pictureWidth, int pictureHeight, bool mirrors)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var (x, y) = recipe.Centre;
        return new CropView(x, y, recipe.Side, recipe.Side, recipe.Angle).Grown(aspect, pictureWidth, pictureHeight, mirrors);
    }

    /// <summary>Grown to <paramref name="aspect"/> along one axis, to both sides alike as long as both have room within the picture. Where
    /// there isn't enough, the other axis is cut, so that nothing goes that needn't.</summary>
    /// <param name="aspect">The shape.</param>
    /// <param name="pictureWidth">Pixels across of the upright picture.</param>
    /// <param name="pictureHeight">Pixels down.</param>
    /// <param name="mirrors">Whether it may grow beyond the picture, which is mirrored there, so that nothing is cut.</param>
    public CropView Grown(Aspect aspect, int pictureWidth, int pictureHeight, bool mirrors)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        var (width, height) = aspect.Around(Width, Height);
        var isDown = height > Height;
        var (sine, cosine) = Math.SinCos(Angle * Math.PI / 180);
        var (right, down) = ((X: cosine, Y: sine), (X: -sine, Y: cosine));
        var (along, across) = isDown ? (down, right) : (right, down);
        var (length, breadth) = isDown ? (Height, Width) : (Width, Height);

        // How far each end may move.
        var (before, after) = (Room(-1), Room(1));
        var wanted = isDown ? height - Height : width - Width;
        var inside = Math.Min(wanted, before + after);
        var beyond = mirrors ? wanted - inside : 0;
        var first = Math.Clamp(inside / 2, inside - after, before) + (beyond / 2);
        var grown = inside + beyond;
        var shift = (grown / 2) - first;
        var (newWidth, newHeight) = isDown ? aspect.Within(Width, length + grown) : aspect.Within(length + grown, Height);
        return this with { X = X + (along.X * shift), Y = Y + (along.Y * shift), Width = newWidth, Height = newHeight };

        double Room(int way) => Math.Min(RoomOf(way, -1), RoomOf(way, 1));

        double RoomOf(int way, int side)
        {
            var x = X + (way * along.X * length / 2) + (side * across.X * breadth / 2);
            var y = Y + (way * along.Y * length / 2) + (side * across.Y * breadth / 2);
            return Math.Max(0, Math.Min(ToEdge(x, way * along.X, pictureWidth), ToEdge(y, way * along.Y, pictureHeight)));
        }
    }

    /// <summary>The same part of the same picture in another size.</summary>
    public CropView Scaled(double across, double down) =>
        this with { X = X * across, Y = Y * down, Width = Width * across, Height = Height * down };

    /// <summary>The part of <paramref name="picture"/>, squeezed into a square of <paramref name="size"/> pixels; beyond the edges the
    /// picture is reflected.</summary>
    public Picture Cut(Picture picture, int size)
    {
        ArgumentNullException.ThrowIfNull(picture);

        // The shorter side gets the size, so that squeezing only ever shrinks.
        var scale = size / Math.Min(Width, Height);
        var (width, height) = ((int)Math.Round(Width * scale), (int)Math.Round(Height * scale));
        return new PictureWindow(X, Y, scale, Angle, Mirror: false, width, height).Of(picture).Resize(size, size);
    }

    // How far a point at this place can go with that speed until it leaves 0…length.
    private static double ToEdge(double at, double speed, double length) => speed switch
    {
        > Parallel => (length - at) / speed,
        < -Parallel => at / -speed,
        _ => double.PositiveInfinity,
    };
}
