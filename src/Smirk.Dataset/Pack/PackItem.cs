using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>One row to be: which part of which picture.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="X">Left edge of the part, pixels of the upright picture.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Row">Its line in pack.jsonl.</param>
/// <param name="Recipe">How the part is cut where it isn't simply a rectangle; null otherwise.</param>
internal sealed record PackItem(StoredPicture Picture, int X, int Y, int Width, int Height, PackRow Row, CropRecipe? Recipe)
{
    /// <summary>Edge of the square that is taken, in pixels of the upright picture.</summary>
    public int Side(PackFit fit) => (int)SideOf(Recipe, Width, Height, fit);

    /// <summary>The same before there is a row.</summary>
    public static double SideOf(CropRecipe? recipe, int width, int height, PackFit fit) =>
        recipe?.Side ?? (fit == PackFit.Crop ? Math.Min(width, height) : Math.Max(width, height));
}
