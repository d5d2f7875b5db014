using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging.Faces;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Finding;

/// <summary>A crop, measured and ranked.</summary>
/// <param name="Recipe">What to cut.</param>
/// <param name="Measures">What was measured.</param>
/// <param name="Rank">Whether it is fit.</param>
/// <param name="Hash">PDQ hash of the crop, to find the same face again.</param>
/// <param name="HashQuality">PDQ's quality of that hash, 0 to 100.</param>
public sealed record FoundCrop(CropRecipe Recipe, CropMeasures Measures, CropRank Rank, Hash256 Hash, int HashQuality)
{
    /// <summary>To compare it with others.</summary>
    public required FaceThumbnail Thumbnail { get; init; }

    /// <summary>Whether it goes on.</summary>
    public bool IsChosen => Rank.Dropped is null;
}

/// <summary>What was found in one picture.</summary>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="Faces">All faces, those that go on first.</param>
/// <param name="Crops">One a face, in the same order; or the one that stands for a picture without faces.</param>
/// <param name="WithoutFace">What became of it for want of a face; null when it has one.</param>
public sealed record PictureCrops(
    int Width, int Height, IReadOnlyList<Face> Faces, IReadOnlyList<FoundCrop> Crops, NoFace? WithoutFace = null)
{
    /// <summary>How many crops go on.</summary>
    public int Chosen => Crops.Count(c => c.IsChosen);

    /// <summary>The code by which the picture is counted when no crop goes on.</summary>
    internal string DroppedAs => Crops.Count == 0 ? Code.Of(CropFault.WithoutFace) : Crops[0].Rank.Dropped!;

    /// <summary>The same with one more crop dropped.</summary>
    internal PictureCrops WithDropped(int index, CropFault fault, Reason reason)
    {
        var crops = Crops.ToArray();
        crops[index] = crops[index] with { Rank = crops[index].Rank with { Dropped = Code.Of(fault), Reasons = [reason] } };
        return this with { Crops = crops };
    }
}
