using Smirk.Files.Walk;

namespace Smirk.Files.Exact;

/// <summary>What a search for exact duplicates found.</summary>
/// <param name="Groups">Those that free the most first.</param>
/// <param name="Refused">What could not be looked at, by path.</param>
/// <param name="Counts">The sums.</param>
public sealed record ExactSearchResult(IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<RefusedPath> Refused, ExactCounts Counts);

/// <summary>How many files got how far.</summary>
public sealed record ExactCounts
{
    /// <summary>Regular files found, by name.</summary>
    public long Files { get; init; }

    /// <summary>Files of which another one has the size.</summary>
    public long SameSize { get; init; }

    /// <summary>Of these, files whose first page another one has.</summary>
    public long SameStart { get; init; }

    /// <summary>Of these, files whose last page another one has.</summary>
    public long SameEnd { get; init; }

    /// <summary>Groups of equal files.</summary>
    public long Groups { get; init; }

    /// <summary>Files in groups that aren't the keeper.</summary>
    public long Duplicates { get; init; }

    /// <summary>Bytes that would come free without them.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; init; }
}
