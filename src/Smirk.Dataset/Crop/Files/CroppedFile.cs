using Smirk.Dataset.Crop.Finding;

namespace Smirk.Dataset.Crop.Files;

/// <summary>What was decided about one file.</summary>
/// <param name="Path">As given, or found in a given folder.</param>
/// <param name="Found">What was found; null when it was refused.</param>
/// <param name="Refused">Why it can't be read; null otherwise.</param>
public sealed record CroppedFile(string Path, PictureCrops? Found, string? Refused)
{
    /// <summary>Its row where it is a workspace's picture; null for a file.</summary>
    public long? PictureId { get; init; }

    /// <summary>Where its bytes are when that is another place; null otherwise.</summary>
    public string? Stored { get; init; }

    /// <summary>How many crops go on.</summary>
    public int Chosen => Found?.Chosen ?? 0;

    /// <summary>Whether it goes on as it is, for want of a face.</summary>
    public bool GoesOnWhole { get; init; }

    /// <summary>What was chosen, or why nothing was.</summary>
    public string Reason => Refused is null ? CropWords.Of(Found!) : $"refused: {Refused}";
}
