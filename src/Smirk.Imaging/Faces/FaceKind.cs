namespace Smirk.Imaging.Faces;

/// <summary>Which faces to look for.</summary>
public enum FaceKind
{
    /// <summary>Drawn faces.</summary>
    Anime,

    /// <summary>Photographed faces.</summary>
    Photo,
}
