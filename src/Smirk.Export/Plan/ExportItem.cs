using Smirk.Dataset.Crop.Recipes;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Plan;

/// <summary>A box in an exported picture, in its pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Label">What it shows.</param>
internal sealed record ExportBox(double X, double Y, double Width, double Height, string Label);

/// <summary>One picture of the exported set.</summary>
/// <param name="Picture">The stored picture.</param>
/// <param name="Row">Where it comes from, as a pack tells it; its number is its row in the pack where squares are taken.</param>
/// <param name="Name">Its file name without extension: a-z, 0-9 and hyphens, the same in every export.</param>
/// <param name="Geometry">How it is cut and scaled.</param>
internal sealed record ExportItem(StoredPicture Picture, PackRow Row, string Name, Geometry Geometry)
{
    /// <summary>The face to cut; null for a whole picture or a pack's square.</summary>
    public CropRecipe? Recipe { get; init; }

    /// <summary>Boxes in it.</summary>
    public IReadOnlyList<ExportBox> Boxes { get; init; } = [];

    /// <summary>Its caption; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Its class; null without labels.</summary>
    public string? Label { get; init; }

    /// <summary>Whether it belongs to the validation part.</summary>
    public bool IsValidation { get; init; }

    /// <summary>Where it was found: an address, or the path of its file in its source.</summary>
    public string? Source { get; init; }

    /// <summary>Who made it; null where that isn't known.</summary>
    public string? Author { get; init; }

    /// <summary>Under which licence; null where that isn't known.</summary>
    public string? License { get; init; }

    /// <summary>All that decides the bytes of the exported picture, as a short code.</summary>
    public string Key { get; init; } = "";
}
