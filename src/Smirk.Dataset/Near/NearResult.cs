using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>What became of a workspace's near duplicates.</summary>
/// <param name="Counts">Pictures in, pictures that stay, dropped a kind.</param>
/// <param name="Findings">Groups and alternates; numbers are places in the catalog's list of pictures.</param>
/// <param name="Decisions">One a dropped picture or alternate.</param>
public sealed record NearResult(StageCounts Counts, NearFindings Findings, IReadOnlyList<Decision> Decisions);
