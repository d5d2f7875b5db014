using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Crops as the catalog keeps them.</summary>
internal static class CropRows
{
    /// <summary>A face's crop.</summary>
    public static CropRow Of(long picture, FoundCrop crop)
    {
        var recipe = Stored(crop.Recipe);
        var label = crop.Measures.Score is null ? "centre" : "face";
        return new CropRow(0, picture, (int)recipe.X, (int)recipe.Y, (int)recipe.Width, (int)recipe.Height, crop.Measures.Score, label,
            "smirk")
        {
            Angle = recipe.Angle,
            Margin = recipe.Margin,
            Dropped = crop.Rank.Dropped,
            Reasons = crop.Rank.Reasons,
            Doubt = crop.Rank.Doubt,
        };
    }

    /// <summary>The square in a picture's middle.</summary>
    public static CropRow Middle(StoredPicture picture)
    {
        var side = Math.Min(picture.Width, picture.Height);
        return new CropRow(0, picture.Id, (picture.Width - side) / 2, (picture.Height - side) / 2, side, side, null, "centre", "smirk");
    }

    /// <summary>A recipe as exactly as the catalog keeps it: whole pixels, tenths of degrees.</summary>
    public static CropRecipe Stored(CropRecipe recipe) => recipe with
    {
        X = Math.Round(recipe.X),
        Y = Math.Round(recipe.Y),
        Width = Math.Round(recipe.Width),
        Height = Math.Round(recipe.Height),
        Angle = Math.Round(recipe.Angle, 1),
    };
}
