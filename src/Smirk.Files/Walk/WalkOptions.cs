using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>Which files a walk finds.</summary>
public sealed record WalkOptions
{
    /// <summary>Folders and files that the person named. A folder may be named through a link.</summary>
    public required IReadOnlyList<RawPath> Paths { get; init; }

    /// <summary>Recurse into subfolders.</summary>
    public bool Recurse { get; init; } = true;

    /// <summary>What symbolic links are taken for.</summary>
    public LinkRule Links { get; init; }

    /// <summary>Files and folders whose names begin with a dot are skipped.</summary>
    public bool SkipHidden { get; init; }

    /// <summary>Names of files and folders that are skipped wherever they turn up, ASCII letters in either case.</summary>
    public IReadOnlyList<RawPath> SkippedNames { get; init; } = [];

    /// <summary>Folders that are skipped by whatever path they are reached, such as a quarantine.</summary>
    public IReadOnlyList<RawPath> Excluded { get; init; } = [];

    /// <summary>Workspaces, quarantines and other folders that Smirk wrote are left out, each named once, unless the person named
    /// them.</summary>
    public bool LeavesOwnFoldersOut { get; init; }

    /// <summary>A path that isn't there is refused by name instead of being an error: it comes from a list, and lists go stale.</summary>
    public bool MissingIsRefused { get; init; }

    /// <summary>Pipes, sockets and devices are refused by name instead of being skipped.</summary>
    public bool OthersAreRefused { get; init; }

    /// <summary>Only names are read: every entry that isn't a folder is found, of whatever kind, links are marked and not followed, and no
    /// file's status is known.</summary>
    internal bool NamesOnly { get; init; }
}

/// <summary>What a walk takes symbolic links for.</summary>
public enum LinkRule
{
    /// <summary>Links are skipped; one that was named and leads to a file is refused.</summary>
    Skip,

    /// <summary>A link to a file is found as that file; links to folders are skipped.</summary>
    FollowFiles,

    /// <summary>A link to a file is found as that file where it leads below one of the folders that were named; others are refused, as
    /// asked. Links to folders are skipped.</summary>
    FollowFilesInside,

    /// <summary>A link to a file is found as that file, and links to folders are walked.</summary>
    Follow,
}
