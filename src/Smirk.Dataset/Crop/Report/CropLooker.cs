using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Report;

/// <summary>Cuts and measures crops of the catalog, as the pack has them.</summary>
public sealed class CropLooker
{
    private readonly PictureLoader _loader = new();

    /// <summary>The crop, with its margin; a mere part of the picture is made square by its middle, as packs do it unless they
    /// pad.</summary>
    /// <param name="stored">The picture that it is of.</param>
    /// <param name="bytes">The stored picture's bytes.</param>
    /// <param name="crop">What to cut.</param>
    /// <param name="side">Pixels a side of what comes out.</param>
    /// <exception cref="UnusablePictureException">The picture can't be decoded.</exception>
    public Picture Cut(StoredPicture stored, byte[] bytes, CropRow crop, int side) => Use(stored, bytes, crop, (seen, _) =>
        PackPart.RecipeOf(crop) is { } recipe ? seen.ToSeen(recipe).Cut(seen.Pixels, side)
            : SquareFit.Fit(
                seen.Pixels, stored.Width, stored.Height, [crop.X, crop.Y, crop.Width, crop.Height], new PackOptions { Size = side }));

    /// <summary>What doubts about it are made of.</summary>
    /// <param name="stored">The picture that it is of.</param>
    /// <param name="bytes">The stored picture's bytes.</param>
    /// <param name="crop">What to cut.</param>
    /// <exception cref="UnusablePictureException">The picture can't be decoded.</exception>
    public CropMeasures Measure(StoredPicture stored, byte[] bytes, CropRow crop) => Use(stored, bytes, crop, (seen, recipe) =>
        CropMeter.Measure(seen, recipe, seen.ToSeen(recipe).Cut(seen.Pixels, CropMeter.SizeFor(recipe)), crop.Score));

    private T Use<T>(StoredPicture stored, byte[] bytes, CropRow crop, Func<SeenPicture, CropRecipe, T> use)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(crop);
        return _loader.Use(bytes, picture => use(new SeenPicture(picture, stored.Width, stored.Height), CropRecipe.Of(crop)));
    }
}
