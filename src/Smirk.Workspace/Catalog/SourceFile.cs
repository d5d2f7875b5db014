namespace Smirk.Workspace.Catalog;

/// <summary>What became of a file.</summary>
public enum FileStatus
{
    /// <summary>It is a picture; <see cref="SourceFile.PictureId"/> says which.</summary>
    Used,

    /// <summary>It can't be used; <see cref="SourceFile.Refusal"/> says why.</summary>
    Refused,

    /// <summary>It is an archive; its members have rows of their own.</summary>
    Opened,

    /// <summary>It is no longer in its source, and a person let its picture go.</summary>
    Gone,
}

/// <summary>One file, or one member of an archive, as it was last seen.</summary>
public sealed record SourceFile
{
    /// <summary>Row; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The source that it belongs to.</summary>
    public required long SourceId { get; init; }

    /// <summary>Path inside the source, with '/'; a member of an archive is "archive.zip!member".</summary>
    public required string Path { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Last change, in ticks of 100 ns (UTC).</summary>
    public required long ModifiedTicks { get; init; }

    /// <summary>SHA-256 of the bytes as they came; null when they could not be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The picture it holds; null unless <see cref="FileStatus.Used"/>.</summary>
    public long? PictureId { get; init; }

    /// <summary>What became of it.</summary>
    public required FileStatus Status { get; init; }

    /// <summary>Why it was refused; null otherwise.</summary>
    public Reason? Refusal { get; init; }

    /// <summary>What was stripped off, separated by ", "; null when nothing was.</summary>
    public string? Removed { get; init; }
}
