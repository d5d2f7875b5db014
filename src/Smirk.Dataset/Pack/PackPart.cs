using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Pack;

/// <summary>Which part of a picture a row takes.</summary>
/// <param name="X">Left edge of the part, pixels of the upright picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Recipe">How the part is cut where it isn't simply a rectangle; null otherwise.</param>
/// <param name="View">What the recipe's square has grown to in packs that aren't 1:1; null otherwise.</param>
internal sealed record PackPart(int X, int Y, int Width, int Height, CropRecipe? Recipe = null, CropView? View = null)
{
    /// <summary>All of a picture.</summary>
    public static PackPart Whole(StoredPicture picture) => new(0, 0, picture.Width, picture.Height);

    /// <summary>A crop. In packs that aren't 1:1 it grows to their shape where the picture has room, so that what it shows isn't cut
    /// off.</summary>
    public static PackPart Of(CropRow crop, StoredPicture picture, PackOptions options)
    {
        var part = new PackPart(crop.X, crop.Y, crop.Width, crop.Height, RecipeOf(crop));
        if (options.Aspect.IsSquare)
            return part;
        if (part.Recipe is { } recipe)
            return part with
            {
                View = CropView.Of(recipe, options.Aspect, picture.Width, picture.Height, options.Fit == PackFit.Pad),
            };
        return options.Fit == PackFit.Pad ? part : part.Grown(picture, options);
    }

    /// <summary>x, y, width, height of what a crop takes, before it is turned; may reach beyond the picture.</summary>
    public int[] Box => View?.Box ?? Recipe?.Square ?? [X, Y, Width, Height];

    /// <summary>Width and height of what is squeezed into the square, pixels of the upright picture, mirrored edges included.</summary>
    public (double Width, double Height) Taken(PackOptions options)
    {
        if (View is { } view)
            return (view.Width, view.Height);
        if (Recipe is { } recipe)
            return (recipe.Side, recipe.Side);
        return options.Fit == PackFit.Crop ? options.Aspect.Within(Width, Height) : options.Aspect.Around(Width, Height);
    }

    /// <summary>Edge of a square with as many pixels as are taken.</summary>
    public double Side(PackOptions options)
    {
        var (width, height) = Taken(options);
        return width == height ? width : Math.Sqrt(width * height);
    }

    /// <summary>A crop with room around it, or a turned one, is a recipe; any other is simply a part of the picture.</summary>
    internal static CropRecipe? RecipeOf(CropRow part) => part.Margin == 0 && part.Angle == 0 ? null : CropRecipe.Of(part);

    private PackPart Grown(StoredPicture picture, PackOptions options)
    {
        var middle = new CropView(X + (Width / 2.0), Y + (Height / 2.0), Width, Height, 0);
        var box = middle.Grown(options.Aspect, picture.Width, picture.Height, mirrors: false).Box;
        var (width, height) = (Math.Clamp(box[2], 1, picture.Width), Math.Clamp(box[3], 1, picture.Height));
        return new PackPart(
            Math.Clamp(box[0], 0, picture.Width - width), Math.Clamp(box[1], 0, picture.Height - height), width, height);
    }
}
