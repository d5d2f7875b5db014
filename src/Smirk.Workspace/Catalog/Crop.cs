namespace Smirk.Workspace.Catalog;

/// <summary>A part of a picture that goes into the training set in the picture's place.</summary>
/// <param name="Id">Row; 0 before it is stored.</param>
/// <param name="PictureId">The picture.</param>
/// <param name="X">Left edge, pixels of the upright picture.</param>
/// <param name="Y">Upper edge, pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Score">How sure the finder was, in its own measure; null when it doesn't say.</param>
/// <param name="Label">What it shows, such as "face"; null when nothing is said.</param>
/// <param name="By">"smirk" or "person".</param>
public sealed record Crop(long Id, long PictureId, int X, int Y, int Width, int Height, double? Score, string? Label, string By);
