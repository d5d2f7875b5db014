namespace Smirk.Dataset.Near.Verify;

/// <summary>A part of a picture, as shares of its sides, 0–1.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Share of the picture's width.</param>
/// <param name="Height">Share of the picture's height.</param>
public readonly record struct PictureRegion(double Left, double Top, double Width, double Height);
