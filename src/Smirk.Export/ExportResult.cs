using Smirk.Workspace.Stages;

namespace Smirk.Export;

/// <summary>What was exported.</summary>
/// <param name="Counts">Pictures, crops or squares in; exported ones out.</param>
/// <param name="Output">The folder or file.</param>
/// <param name="Written">Files written this time.</param>
/// <param name="Unchanged">Files that were there already.</param>
/// <param name="Removed">Files of an earlier export that are no longer part of it.</param>
/// <param name="Kept">Files that were changed by hand since, and left as they are.</param>
/// <param name="Validation">How many are in the validation part.</param>
/// <param name="Classes">Class → how many; empty without labels.</param>
/// <param name="Report">The report's page; null for none.</param>
public sealed record ExportResult(
    StageCounts Counts, string Output, int Written, int Unchanged, int Removed, int Kept, int Validation,
    IReadOnlyDictionary<string, int> Classes, string? Report);
