namespace Smirk.Workspace.Catalog;

/// <summary>What became of an address.</summary>
public enum MediaState
{
    /// <summary>It is still to be asked.</summary>
    Waiting,

    /// <summary>Its bytes came; <see cref="MediaAddress.FileId"/> says which file they are.</summary>
    Fetched,

    /// <summary>It was taken down.</summary>
    Gone,

    /// <summary>The rules, the server's or ours, say no.</summary>
    Refused,

    /// <summary>It didn't work, and may another time.</summary>
    Failed,
}

/// <summary>One address of a picture in the history of what was collected.</summary>
public sealed record MediaAddress
{
    /// <summary>Row; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The address by which the picture is known, absolute.</summary>
    public required string Address { get; init; }

    /// <summary>The address's host, by which waiting ones are handed out.</summary>
    public required string Host { get; init; }

    /// <summary>Where else to look, one a line, each with its quality before it; empty for nowhere.</summary>
    public string Fallbacks { get; init; } = "";

    /// <summary>What became of it.</summary>
    public MediaState State { get; init; }

    /// <summary>Why it is gone, refused or failed; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>Which kind of copy came: "original", "degraded", "last resort"; null before.</summary>
    public string? Quality { get; init; }

    /// <summary>The address that the bytes really came from; null before.</summary>
    public string? FetchedFrom { get; init; }

    /// <summary>Bytes that came; 0 before.</summary>
    public long Bytes { get; init; }

    /// <summary>The file that the bytes are; null before.</summary>
    public long? FileId { get; init; }

    /// <summary>In how many runs it failed.</summary>
    public int Tries { get; init; }

    /// <summary>Which run last named it; stages use it to count each address once.</summary>
    public long Seen { get; init; }
}
