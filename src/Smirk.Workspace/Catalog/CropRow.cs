namespace Smirk.Workspace.Catalog;

/// <summary>A part of a picture that goes into the training set in the picture's place: a recipe, so that another margin needs no new
/// search.</summary>
/// <param name="Id">Row; 0 before it is stored.</param>
/// <param name="PictureId">The picture.</param>
/// <param name="X">Left edge, pixels of the upright picture.</param>
/// <param name="Y">Upper edge, pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Score">How sure the finder was, in its own measure; null when it doesn't say.</param>
/// <param name="Label">What it shows, such as "face"; null when nothing is said.</param>
/// <param name="By">"smirk", "person" or <see cref="Imported"/>.</param>
public sealed record CropRow(long Id, long PictureId, int X, int Y, int Width, int Height, double? Score, string? Label, string By)
{
    /// <summary>Who made a box that came with a picture: whoever labelled the set that it was imported from.</summary>
    public const string Imported = "import";

    /// <summary>The box leans so many degrees clockwise and is turned upright by as much.</summary>
    public double Angle { get; init; }

    /// <summary>Room to add around the box, in boxes, half of it on each side; 0 cuts the box itself.</summary>
    public double Margin { get; init; }

    /// <summary>Why it stays out of the training set, as a code; null when it goes in.</summary>
    public string? Dropped { get; init; }

    /// <summary>What is wrong with it; empty when nothing is.</summary>
    public Reasons Reasons { get; init; } = Reasons.None;

    /// <summary>How doubtful it is; 0 is not at all.</summary>
    public double Doubt { get; init; }
}
