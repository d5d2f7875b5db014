namespace Smirk.Dataset.Near.Prepare;

/// <summary>A rectangle of whole pixels.</summary>
/// <param name="X">Left.</param>
/// <param name="Y">Top.</param>
/// <param name="Width">Across.</param>
/// <param name="Height">Down.</param>
public readonly record struct PictureBox(int X, int Y, int Width, int Height);
