using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>A file as it was when it was found. Whoever acts on it checks first that it still is that.</summary>
/// <param name="Path">The path that led to it.</param>
/// <param name="Identity">Which file, in which state.</param>
/// <param name="Folder">Which folder the path's folder was.</param>
public sealed record FoundFile(RawPath Path, FileIdentity Identity, FolderIdentity Folder)
{
    /// <summary>Its path below the folder that the person named; its name where the person named the file itself.</summary>
    public RawPath Below => new(BelowLength > 0 ? Path.Bytes[^BelowLength..] : Path.Name);

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

    /// <summary>Bytes at the end of <see cref="Path"/> that are <see cref="Below"/>.</summary>
    internal int BelowLength { get; init; }
}
