using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Imaging;
using Smirk.Workspace.Catalog;

namespace Smirk.Export.Buckets;

/// <summary>What is wrong with a picture as a teacher: what the crop stage measures of faces, measured of the whole.</summary>
internal static class PictureFaults
{
    /// <summary>The shortest side at which a picture is looked at, in pixels.</summary>
    public const int LookedAt = 256;

    // More of the upper or lower third than hair and shadows ever look like.
    private const double TextFrom = 0.12;

    // Steps at every eighth pixel by the steps elsewhere.
    private const double BlocksFrom = 1.6;

    /// <summary>The faults, as short phrases; empty for none.</summary>
    /// <param name="picture">The exported picture, possibly smaller.</param>
    /// <param name="known">What the crop stage found of faces in it.</param>
    public static IReadOnlyList<string> Of(Picture picture, IReadOnlyList<CropRow> known)
    {
        var faults = new List<string>();
        var recipe = CropRecipe.Middle(picture.Width, picture.Height);
        var view = recipe.Cut(picture, CropMeter.SizeFor(recipe));
        var measures = CropMeter.Measure(new SeenPicture(picture, picture.Width, picture.Height), recipe, view, null);
        if (measures.Text > TextFrom || Has(known, CropFault.Text))
            faults.Add("text or a watermark");
        if (measures.Sharpness < DropRules.Usual.Blurry!.Value || Has(known, CropFault.Blurry))
            faults.Add("blurred or enlarged");
        if (measures.Blocks > BlocksFrom || Has(known, CropFault.Blocks))
            faults.Add("compression blocks");
        if (measures.Brightness < DropRules.Usual.Dark!.Value)
            faults.Add("dark");
        if (measures.Blown + measures.Crushed > 0.5)
            faults.Add("more than half blown out or black");
        return faults;
    }

    private static bool Has(IReadOnlyList<CropRow> crops, CropFault fault) =>
        crops.Any(c => c.Dropped is null && c.Reasons.Any(r => r.Code == Code.Of(fault)));
}
