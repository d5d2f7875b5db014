using Smirk.Files.Posix;

namespace Smirk.Files.Exact;

/// <summary>A file as it was when it was found. Whoever acts on it checks first that it still is that.</summary>
/// <param name="Path">The path that led to it.</param>
/// <param name="Identity">Which file, in which state.</param>
/// <param name="Folder">Which folder the path's folder was.</param>
public sealed record FoundFile(RawPath Path, FileIdentity Identity, FolderIdentity Folder)
{
    /// <summary>Kind and permission bits.</summary>
    public uint Mode { get; init; }

    /// <summary>Names that the file has, found or not.</summary>
    public uint Links { get; init; } = 1;

    /// <summary>Bytes that it takes on disk: less than its size where it is sparse.</summary>
    public long Allocated { get; init; }

    /// <summary>The path is a symbolic link to the file: it is shown, and never acted on.</summary>
    public bool ThroughLink { get; init; }

    /// <summary>Bytes that would come free with the file's last name.</summary>
    public long Frees => Math.Min(Identity.Size, Allocated);
}
