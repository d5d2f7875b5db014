using Smirk.Files.Posix;

namespace Smirk.Files.Exact;

/// <summary>Which files a scan finds.</summary>
internal sealed record ScanOptions
{
    /// <summary>Folders and files that the person named.</summary>
    public required IReadOnlyList<RawPath> Paths { get; init; }

    /// <summary>Folders below the given ones are visited too.</summary>
    public bool Recurse { get; init; } = true;

    /// <summary>Links to folders are walked into and links to files are seen as those files.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Files and folders whose names begin with a dot are passed over.</summary>
    public bool SkipHidden { get; init; }

    /// <summary>Folders that are passed over wherever they turn up, such as a quarantine.</summary>
    public IReadOnlyList<RawPath> Excluded { get; init; } = [];

    /// <summary>A path that isn't there is refused by name instead of being an error: it comes from a list, which ages.</summary>
    public bool MissingIsRefused { get; init; }
}
