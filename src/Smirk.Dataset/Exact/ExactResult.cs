using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Exact;

/// <summary>Which files are copies of others.</summary>
/// <param name="Counts">Usable files in, one for each distinct picture out.</param>
/// <param name="Decisions">One a copy: dropped, why, and which file stays.</param>
public sealed record ExactResult(StageCounts Counts, IReadOnlyList<Decision> Decisions);
