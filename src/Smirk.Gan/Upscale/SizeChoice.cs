using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Upscale;

/// <summary>A size of pictures, and why that one.</summary>
/// <param name="Size">Edge in pixels.</param>
/// <param name="Reason">For the person.</param>
public sealed record SizeChoice(int Size, string Reason)
{
    // Pictures may be enlarged by a third at most: more is blur to learn.
    private const double LeastDetail = 0.75;

    /// <summary>The largest size that at least half of the pictures have the detail for.</summary>
    /// <param name="edges">Edges of the pictures in pixels, rising.</param>
    /// <param name="sizes">Sizes to choose from, rising.</param>
    /// <param name="aspect">The pictures' shape; edges of others than 1:1 are those of squares with as many pixels. Null for 1:1.</param>
    public static SizeChoice FromPictures(IReadOnlyList<int> edges, IReadOnlyList<int> sizes, Aspect? aspect = null)
    {
        if (edges.Count == 0)
            throw new UnusableInputException("There are no pictures to choose a size from. Import some with: smirk import");
        var middle = edges[edges.Count / 2];
        var size = sizes.LastOrDefault(s => s * LeastDetail <= middle, sizes[0]);
        return new SizeChoice(size, aspect is null or { IsSquare: true }
            ? $"half of the pictures have {middle} pixels or more along their shorter side"
            : $"half of the pictures, cut to {aspect}, have as many pixels as a square of {middle} or more");
    }

    /// <summary>The largest size up to that of <paramref name="pictures"/> that a run of this length learns well.</summary>
    /// <param name="pictures">What the pictures allow.</param>
    /// <param name="options">The run's length.</param>
    /// <param name="speed">Pictures a second that the first stage learns from on this machine; asked for only where time bounds the
    /// run.</param>
    public static SizeChoice ForRun(SizeChoice pictures, TrainOptions options, Func<double> speed)
    {
        if (pictures.Size <= UpscaleNeeds.SmallSize)
            return pictures;
        var share = options.UpscaleShare ?? UpscalePlan.ShareOf(byTime: options.Kimg is null);
        string length;
        double kimg, crops;
        if (options.Kimg is { } all)
        {
            (kimg, crops) = (all * (1 - share), all * share);
            length = $"{all} kimg";
        }
        else
        {
            var (seconds, perSecond) = ((options.Budget ?? RecipePlanner.DefaultBudget).TotalSeconds, speed());
            kimg = perSecond * seconds * (1 - share) / 1000;
            crops = perSecond * UpscalePlan.CropsAPicture * seconds * share / 1000;
            length = $"{seconds / 60:0.#} minutes at {perSecond:0} pictures a second";
        }

        var size = RecipeNames.SizesOf(RecipeNames.Auto).Where(s => s <= pictures.Size && UpscaleNeeds.Of(s).AreMet(kimg, crops)).Max();
        return new SizeChoice(size, size == pictures.Size
            ? $"{pictures.Reason}, and {length} are enough to learn it"
            : $"{length} are too few for more ({pictures.Reason})");
    }
}
