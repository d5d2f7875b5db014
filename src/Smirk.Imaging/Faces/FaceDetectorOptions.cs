namespace Smirk.Imaging.Faces;

/// <summary>How faces are looked for. The defaults and what led to them are in docs/crop.md.</summary>
public sealed record FaceDetectorOptions
{
    /// <summary>Side of the smallest bare face to be surely looked for in pictures above <see cref="SmallFacePixels"/>, in
    /// pixels.</summary>
    public int MinFace { get; init; } = 48;

    /// <summary>Scores below this are no faces: 0 to 1.</summary>
    public double MinScore { get; init; } = 0.5;

    /// <summary>Up to so many pixels a picture is searched for faces down to about 28 pixels, whatever <see cref="MinFace"/>
    /// says.</summary>
    public long SmallFacePixels { get; init; } = 1_200_000;

    /// <summary>Ratio of one window's side to the next in the pass over the whole picture.</summary>
    public double Step { get; init; } = 1.15;

    /// <summary>Whether pictures without an upright face are searched for tilted ones.</summary>
    public bool Tilted { get; init; } = true;
}
