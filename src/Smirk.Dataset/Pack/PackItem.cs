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
internal sealed record PackItem(StoredPicture Picture, int X, int Y, int Width, int Height, PackRow Row, CropRecipe? Recipe);
