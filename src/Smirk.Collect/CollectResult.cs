using Smirk.Dataset.Import;
using Smirk.Workspace.Stages;

namespace Smirk.Collect;

/// <summary>What a run of collect did.</summary>
/// <param name="Fetched">Pictures that came.</param>
/// <param name="Already">Addresses that were dealt with in an earlier run and not asked again.</param>
/// <param name="Gone">Pictures and posts that were taken down.</param>
/// <param name="Failed">Addresses that didn't work and may another time.</param>
/// <param name="Refused">Addresses that the rules, the server's or ours, say no to, and bytes that are no usable picture.</param>
/// <param name="Skipped">What was named and is no picture to fetch: reason → how many.</param>
/// <param name="Bytes">Bytes of pictures that came over the network.</param>
/// <param name="Posts">Posts read.</param>
public sealed record CollectResult(
    long Fetched, long Already, long Gone, long Failed, long Refused, IReadOnlyDictionary<string, long> Skipped, long Bytes, long Posts)
{
    /// <summary>The same for the report: addresses and posts in, pictures that are there out.</summary>
    public StageCounts Counts { get; init; } = new(0, 0, new Dictionary<string, long>());

    /// <summary>What the local sources among them gave; null when there were none.</summary>
    public ImportResult? Import { get; init; }

    /// <summary>Whether something that was named could not be had or used.</summary>
    public bool LeftSome => Failed + Refused > 0 || Import?.Refused.Count > 0;

    /// <summary>Addresses that brought nothing in earlier runs and weren't asked again: part of <see cref="Already"/>.</summary>
    public long LeftAlone { get; init; }

    /// <summary>Where the addresses that failed or were refused are listed; null when there are none.</summary>
    public string? FailedList { get; init; }
}
