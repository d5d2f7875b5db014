using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Report;

/// <summary>What a report is made of beside the run itself.</summary>
public sealed record ReportOptions
{
    /// <summary>Stage and its counts, in the order of the stages; none to keep what an earlier report of the run told of them, panels
    /// included.</summary>
    public IReadOnlyList<(string Stage, StageCounts Counts)> Stages { get; init; } = [];

    /// <summary>Parts that other stages bring along.</summary>
    public IReadOnlyList<ReportPanel> Panels { get; init; } = [];

    /// <summary>Parts about what the run makes, beside its samples.</summary>
    public IReadOnlyList<ReportPanel> Samples { get; init; } = [];

    /// <summary>A run with at least one snapshot.</summary>
    public required RunFolder Run { get; init; }

    /// <summary>How a person makes more pictures: the workspace or run as commands name it.</summary>
    public required string Subject { get; init; }
}
