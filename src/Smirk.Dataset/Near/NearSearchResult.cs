using Smirk.Files.Exact;
using Smirk.Files.Walk;

namespace Smirk.Dataset.Near;

/// <summary>What a search of folders for near duplicates found.</summary>
/// <param name="Groups">Duplicates, most doubtful first.</param>
/// <param name="Alternates">The same template with other content: no duplicates.</param>
/// <param name="Refused">What could not be looked at, by path.</param>
/// <param name="Counts">The sums, by name.</param>
public sealed record NearSearchResult(
    IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<DuplicateGroup> Alternates, IReadOnlyList<RefusedPath> Refused,
        IReadOnlyDictionary<string, long> Counts)
{
    /// <summary>The same by numbers, with how each pair lies on each other.</summary>
    public required NearFindings Findings { get; init; }

    /// <summary>What the numbers mean.</summary>
    public required IReadOnlyList<NearInput> Inputs { get; init; }

    /// <summary>The same as files.</summary>
    public required IReadOnlyList<FoundFile> Files { get; init; }
}
