using Smirk.Files.Archives;
using Smirk.Music.Rolls;

namespace Smirk.Dataset.Import;

/// <summary>What to import, and the limits for it.</summary>
public sealed record ImportOptions
{
    /// <summary>Folders, files and archives (ZIP, tar, 7z, RAR); at least one.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Longest file in bytes that is taken.</summary>
    public long MaxBytes { get; init; } = 50_000_000;

    /// <summary>Most pixels (width × height) that are decoded.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Pictures with a side shorter than this, in pixels, are refused. 32 is the smallest size that anything here trains
    /// at.</summary>
    public int SmallestSide { get; init; } = 32;

    /// <summary>Whether pictures that are perhaps damaged go no further.</summary>
    public bool DropDamaged { get; init; }

    /// <summary>Links to files are followed out of the source, too.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>The password of encrypted archives; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Only this part of the sources is taken, so that several processes or machines can share them; null for all. What comes with
    /// pictures (captions, labels) is read as a whole by each.</summary>
    public Shard? Shard { get; init; }

    /// <summary>How much of a tune a roll shows; null for the workspace's rolls, or four bars where it has none.</summary>
    public RollShape? Rolls { get; init; }

    /// <summary>Whether tunes are moved into C major or A minor; null for the workspace's rolls, or true where it has none.</summary>
    public bool? RollsInC { get; init; }

    /// <summary>Limits for archives.</summary>
    public ArchiveLimits Archives { get; init; } = new();

    /// <summary>Files worked on at the same time; 0 for one a core.</summary>
    public int Threads { get; init; }
}
