using Smirk.Dataset.Crop.Finding;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Crops as the catalog keeps them.</summary>
internal static class CropRows
{
    /// <summary>A face's crop.</summary>
    public static CropRow Of(long picture, FoundCrop crop)
    {
        var recipe = crop.Recipe;
        var label = crop.Measures.Score is null ? "centre" : "face";
        return new CropRow(0, picture, Round(recipe.X), Round(recipe.Y), Round(recipe.Width), Round(recipe.Height), crop.Measures.Score,
            label, "smirk")
        {
            Angle = Math.Round(recipe.Angle, 1),
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

    private static int Round(double value) => (int)Math.Round(value);
}
