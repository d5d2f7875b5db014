using Smirk.Files.Exact.Keep;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Exact;

/// <summary>Which files are compared, and which of them is kept.</summary>
public sealed record ExactOptions
{
    /// <summary>Folders and files to look through, as the person named them.</summary>
    public required IReadOnlyList<RawPath> Paths { get; init; }

    /// <summary>A path that isn't there is refused by name instead of ending the run: for lists, which go stale.</summary>
    public bool MissingIsRefused { get; init; }

    /// <summary>Recurse into subfolders.</summary>
    public bool Recurse { get; init; } = true;

    /// <summary>Links to folders are walked into, links to files are seen as those files.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>Files and folders whose names begin with a dot are skipped.</summary>
    public bool SkipHidden { get; init; }

    /// <summary>Several names of one file count as duplicates of each other. Otherwise a file is seen under its first name only.</summary>
    public bool HardLinksAreDuplicates { get; init; }

    /// <summary>Bytes; smaller files are skipped.</summary>
    public long MinSize { get; init; }

    /// <summary>Bytes; larger files are skipped.</summary>
    public long MaxSize { get; init; } = long.MaxValue;

    /// <summary>Files without content form a group as well.</summary>
    public bool IncludeEmpty { get; init; }

    /// <summary>Files of another owner, group or other permissions are no duplicates.</summary>
    public bool SamePermissions { get; init; }

    /// <summary>How the files of a group, and so its first, are ordered.</summary>
    public FileOrder Order { get; init; } = FileOrder.Modified;

    /// <summary>Reverses the order.</summary>
    public bool Reverse { get; init; }

    /// <summary>Which file of a group is kept.</summary>
    public KeepRule Keep { get; init; } = KeepRule.First;

    /// <summary>Folders in which nothing is touched; their files are kept before any other.</summary>
    public IReadOnlyList<RawPath> Protected { get; init; } = [];

    /// <summary>Folders that are skipped wherever they turn up: what was put into quarantine isn't found again.</summary>
    public IReadOnlyList<RawPath> Excluded { get; init; } = [];

    /// <summary>The file that remembers from run to run; null to remember nothing.</summary>
    public string? MemoryPath { get; init; }

    /// <summary>Threads; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>How the files to compare are found.</summary>
    public WalkOptions Walk => new()
    {
        Paths = Paths,
        MissingIsRefused = MissingIsRefused,
        Recurse = Recurse,
        Links = FollowLinks ? LinkRule.Follow : LinkRule.Skip,
        SkipHidden = SkipHidden,
        Excluded = Excluded,
        LeavesOwnFoldersOut = true,
    };
}

/// <summary>Orders of the files of a group, the first of which is kept where nothing else is asked for.</summary>
public enum FileOrder
{
    /// <summary>By last change of the content, the oldest first.</summary>
    Modified,

    /// <summary>By last change of content, name or permissions, the oldest first.</summary>
    Changed,

    /// <summary>By path, compared as bytes.</summary>
    Name,
}
