using Smirk.Dataset.Crop.Ranking;
using Smirk.Imaging.Faces;

namespace Smirk.Dataset.Crop;

/// <summary>What becomes of a picture in which no face was found.</summary>
public enum NoFace
{
    /// <summary>It goes on whole.</summary>
    Keep,

    /// <summary>It goes no further.</summary>
    Drop,

    /// <summary>The square in its middle goes on.</summary>
    Centre,
}

/// <summary>How faces are found, cut and ranked.</summary>
public sealed record CropOptions
{
    /// <summary>Drawn or photographed faces.</summary>
    public FaceKind Kind { get; init; } = FaceKind.Anime;

    /// <summary>An OpenCV cascade (XML) in place of the one for <see cref="Kind"/>; null for that one.</summary>
    public string? Detector { get; init; }

    /// <summary>Room around the bare face, in faces, half of it on each side: 0.6 makes a portrait with hair and chin, 1.6 faces a
    /// side.</summary>
    public double Margin { get; init; } = 0.6;

    /// <summary>Bare faces narrower than this can't be used, in pixels.</summary>
    public int MinFace { get; init; } = 48;

    /// <summary>Only the largest usable face of a picture, instead of all.</summary>
    public bool Largest { get; init; }

    /// <summary>What becomes of pictures without a face.</summary>
    public NoFace NoFace { get; init; } = NoFace.Drop;

    /// <summary>What is dropped besides what can't be used.</summary>
    public DropRules Drop { get; init; } = new();

    /// <summary>Pictures worked on at the same time; 0 for one a core. The result is the same for any number.</summary>
    public int Threads { get; init; }
}
