using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>Finds the faces of a picture and decides what is cut out of it. Safe for use by several threads.</summary>
public sealed class CropFinder(FaceDetector detector, CropOptions options)
{
    /// <summary>Everything about one decoded picture, in pixels of the stored one.</summary>
    /// <param name="picture">The picture, possibly decoded smaller than it is stored.</param>
    /// <param name="width">Pixels across of the stored picture, upright.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="known">Its faces where they are known; null to search.</param>
    public PictureCrops Find(Picture picture, int width, int height, IReadOnlyList<Face>? known = null)
    {
        var seen = new SeenPicture(picture, width, height);
        var faces = known ?? [.. detector.Find(picture, (double)picture.Width / width).Select(seen.ToStored)];
        return faces.Count == 0 ? WithoutFace(seen) : WithFaces(seen, faces);
    }

    /// <summary>The crop that <paramref name="recipe"/> makes, measured and ranked.</summary>
    internal FoundCrop Measure(SeenPicture picture, CropRecipe recipe, double? score)
    {
        var view = picture.ToSeen(recipe).Cut(picture.Pixels, CropMeter.SizeFor(recipe));
        var measures = CropMeter.Measure(picture, recipe, view, score);
        var (hash, quality) = PdqHasher.Hash(LuminancePlane.FromRgb(view.Width, view.Height, view.Pixels));
        return new FoundCrop(recipe, measures, CropRank.Of(measures, options), hash, quality) { Thumbnail = new FaceThumbnail(view) };
    }

    private PictureCrops WithFaces(SeenPicture picture, IReadOnlyList<Face> faces)
    {
        var found = faces.Select(f => (Face: f, Crop: Measure(picture, CropRecipe.For(f, options.Margin), f.Score))).ToList();
        if (options.Largest && found.Exists(f => f.Crop.IsChosen))
        {
            var largest = found.Where(f => f.Crop.IsChosen).MaxBy(f => f.Face.Width);
            found = found.ConvertAll(f => f == largest || !f.Crop.IsChosen ? f : (f.Face, Other(f.Crop)));
        }

        var ordered = found.OrderByDescending(f => f.Crop.IsChosen).ToList();
        return new PictureCrops(picture.Width, picture.Height, ordered.ConvertAll(f => f.Face), ordered.ConvertAll(f => f.Crop));
    }

    private PictureCrops WithoutFace(SeenPicture picture)
    {
        IReadOnlyList<FoundCrop> crops =
            options.NoFace == NoFace.Centre ? [Measure(picture, CropRecipe.Middle(picture.Width, picture.Height), null)] : [];
        return new PictureCrops(picture.Width, picture.Height, [], crops, options.NoFace);
    }

    private static FoundCrop Other(FoundCrop crop) =>
        crop with { Rank = crop.Rank with { Dropped = Code.Of(CropFault.NotLargest), Reasons = [Reason.Of(CropFault.NotLargest)] } };
}
