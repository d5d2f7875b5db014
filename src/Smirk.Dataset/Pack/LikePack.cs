using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Recipes;
using Smirk.Dataset.Crop.Stage;
using Smirk.Imaging;
using Smirk.Imaging.Faces;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Dataset.Pack;

/// <summary>What was taken of a picture.</summary>
public enum CutBy
{
    /// <summary>Its largest face, with the pack's margin.</summary>
    Face,

    /// <summary>The part of the pack's shape in its middle, as in the pack.</summary>
    Centre,

    /// <summary>The same, because no face was found.</summary>
    CentreForWantOfFace,

    /// <summary>All of it, brought to the pack's shape as in the pack.</summary>
    Whole,

    /// <summary>The box that was asked for.</summary>
    Box,
}

/// <summary>A picture as the pack would hold it.</summary>
/// <param name="Square">Its pixels, of the pack's size: squeezed where the pack's shape isn't 1:1.</param>
/// <param name="Box">x, y, width, height of what was taken, before it was turned; pixels of the upright picture, may reach beyond
/// it.</param>
/// <param name="By">What that is.</param>
public sealed record CutPicture(Picture Square, IReadOnlyList<int> Box, CutBy By);

/// <summary>How <see cref="LikePack"/> cuts.</summary>
public sealed record LikePackOptions
{
    /// <summary>Edge in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The pack's shape.</summary>
    public Aspect Aspect { get; init; } = Aspect.Square;

    /// <summary>How a whole picture gets that shape.</summary>
    public PackFit Fit { get; init; } = PackFit.Crop;

    /// <summary>x, y, width, height of what to take, in pixels of the upright picture; of a box of another shape, the part of the pack's
    /// shape around it. Null looks for it.</summary>
    public IReadOnlyList<int>? Box { get; init; }

    /// <summary>Takes all of the picture, whatever the pack's were cut to.</summary>
    public bool Whole { get; init; }

    /// <summary>An OpenCV cascade (XML) to find faces with; null for the one that the workspace's were found with.</summary>
    public string? Detector { get; init; }

    /// <summary>Whole pictures get their shape as in that pack.</summary>
    /// <param name="pack">The pack's folder.</param>
    /// <param name="size">Edge in pixels.</param>
    /// <param name="aspect">The shape that the run learnt.</param>
    public static LikePackOptions Of(string pack, int size, Aspect aspect) =>
        new() { Size = size, Aspect = aspect, Fit = PackFolder.FitOf(pack) == "pad" ? PackFit.Pad : PackFit.Crop };

    internal PackOptions Packed => new() { Size = Size, Aspect = Aspect, Fit = Fit };
}

/// <summary>Cuts a picture from outside as the pictures of a workspace's packs were cut: the largest face with the same margin, the
/// middle, or all of it.</summary>
/// <param name="workspace">The workspace; null where there is none, and pictures are taken whole.</param>
/// <param name="source">Where the detector comes from; null for the usual places.</param>
public sealed class LikePack(SmirkWorkspace? workspace, DetectorSource? source = null)
{
    // Somebody who shows a picture means the face in it, however small.
    private const int SmallestFace = 24;

    private readonly PictureLoader _loader = new();

    /// <summary>Cuts.</summary>
    /// <param name="bytes">The picture's file.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Stops the fetching of a detector.</param>
    /// <exception cref="UnusablePictureException">It is no picture, damaged, or too large.</exception>
    /// <exception cref="UsageException">The box lies outside the picture.</exception>
    /// <exception cref="MissingDependencyException">The pack is of faces, and there is no detector.</exception>
    public CutPicture Cut(byte[] bytes, LikePackOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(options);
        var (width, height) = PictureLoader.SizeOf(bytes);
        return _loader.Use(bytes, picture =>
        {
            if (options.Box is { } box)
                return OfBox(picture, width, height, box, options);
            var crops = workspace is null || options.Whole ? [] : workspace.Catalog.Crops.Chosen();
            if (crops.Count(crop => crop.Label == "face") * 2 > crops.Count)
                return OfFace(picture, width, height, crops, options, cancel);
            return options.Whole || crops.Count == 0 ? OfWhole(picture, width, height, options, CutBy.Whole)
                : OfWhole(picture, width, height, options with { Fit = PackFit.Crop }, CutBy.Centre);
        });
    }

    private static CutPicture OfBox(Picture picture, int width, int height, IReadOnlyList<int> box, LikePackOptions options)
    {
        if (box is not [var x, var y, > 0 and var across, > 0 and var down])
            throw new UsageException($"The box {string.Join(",", box)}: expected x,y,width,height in pixels, such as 100,40,256,256.");
        if (x >= width || y >= height || (long)x + across <= 0 || (long)y + down <= 0)
            throw new UsageException($"The box {string.Join(",", box)} lies outside the picture, which has {width}×{height} pixels.");
        if (across > 4 * (long)width || down > 4 * (long)height)
            throw new UsageException($"The box {string.Join(",", box)} is more than four times as large as the picture, which has "
                + $"{width}×{height} pixels.");
        if (options.Aspect.IsSquare)
            return OfRecipe(picture, width, height, new CropRecipe(x, y, across, down, 0, 0), options.Size, CutBy.Box);
        var middle = new CropView(x + (across / 2.0), y + (down / 2.0), across, down, 0);
        return OfView(picture, width, height, middle.Grown(options.Aspect, width, height, mirrors: true), options.Size, CutBy.Box);
    }

    private CutPicture OfFace(
        Picture picture, int width, int height, IReadOnlyList<CropRow> crops, LikePackOptions options, CancellationToken cancel)
    {
        var margin = crops.Where(crop => crop.Label == "face").GroupBy(crop => crop.Margin).MaxBy(same => same.Count())!.Key;
        var cropping = new CropOptions
        {
            Kind = CropMemory.KindOf(workspace!.Catalog) ?? FaceKind.Anime,
            Detector = options.Detector,
            Margin = margin,
            MinFace = SmallestFace,
        };
        using var detector = CropFiles.OpenDetector(
            cropping, (source ?? new DetectorSource()).Load(cropping.Kind, cropping.Detector, cancel));
        var found = new CropFinder(detector, cropping).Find(picture, width, height);
        if (found.Faces.Count == 0)
            return OfWhole(picture, width, height, options with { Fit = PackFit.Crop }, CutBy.CentreForWantOfFace);

        // A face that the pack would have taken, where there is one.
        var crop = found.Crops.OrderByDescending(c => c.IsChosen).ThenByDescending(c => c.Recipe.Side).First();
        var recipe = CropRows.Stored(crop.Recipe);
        return options.Aspect.IsSquare ? OfRecipe(picture, width, height, recipe, options.Size, CutBy.Face)
            : OfView(picture, width, height, CropView.Of(recipe, options.Aspect, width, height, options.Fit == PackFit.Pad), options.Size,
                CutBy.Face);
    }

    private static CutPicture OfRecipe(Picture picture, int width, int height, CropRecipe recipe, int size, CutBy by) =>
        new(new SeenPicture(picture, width, height).ToSeen(recipe).Cut(picture, size), recipe.Square, by);

    private static CutPicture OfView(Picture picture, int width, int height, CropView view, int size, CutBy by) =>
        new(view.Scaled((double)picture.Width / width, (double)picture.Height / height).Cut(picture, size), view.Box, by);

    private static CutPicture OfWhole(Picture picture, int width, int height, LikePackOptions options, CutBy by)
    {
        int[] whole = [0, 0, width, height];
        var box = options.Fit == PackFit.Pad ? whole : SquareFit.Middle(whole, options.Aspect);
        return new CutPicture(SquareFit.Fit(picture, width, height, whole, options.Packed), box, by);
    }
}
