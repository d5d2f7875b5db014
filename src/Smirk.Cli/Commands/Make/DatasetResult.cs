using Smirk.Collect;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Exact;
using Smirk.Dataset.Import;
using Smirk.Dataset.Near;
using Smirk.Dataset.Pack;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Make;

/// <summary>One stage's sums, for the report.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Counts">How many in, how many out, and why the rest did not.</param>
public sealed record StageSummary(string Stage, StageCounts Counts);

/// <summary>What the way from sources to a training set gave.</summary>
/// <param name="Stages">Every stage that ran, in order.</param>
/// <param name="Import">What was imported; null when nothing was to be.</param>
/// <param name="Exact">Which files are copies.</param>
/// <param name="Near">Which pictures are near duplicates; null when they weren't looked for.</param>
/// <param name="Crop">What was cut out, and why.</param>
/// <param name="Pack">The training set.</param>
public sealed record DatasetResult(
    IReadOnlyList<StageSummary> Stages, ImportResult? Import, ExactResult Exact, NearResult? Near, CropStageResult Crop, PackResult Pack)
{
    /// <summary>What was collected; null when nothing was to be.</summary>
    public CollectResult? Collect { get; init; }
}
