using Smirk.Gan.Log;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Report;

/// <summary>A sample beside the training picture that it is most like.</summary>
/// <param name="Sample">PNG.</param>
/// <param name="Real">PNG, mirrored where that is nearer.</param>
/// <param name="Source">Where the training picture comes from.</param>
/// <param name="Mirrored">Whether it is shown mirrored.</param>
internal sealed record ClosestPair(byte[] Sample, byte[] Real, string Source, bool Mirrored);

/// <summary>Everything that the page shows.</summary>
internal sealed record ReportContent
{
    public required ReportOptions Options { get; init; }

    public required RunFolder Run { get; init; }

    public required RecipePlan Plan { get; init; }

    public required IReadOnlyList<LogLine> Log { get; init; }

    public required double BestKimg { get; init; }

    public required byte[] BestGrid { get; init; }

    public required IReadOnlyList<(string Name, byte[] Png)> Grids { get; init; }

    public required IReadOnlyList<ClosestPair> Closest { get; init; }

    public required byte[] MostReal { get; init; }

    public required byte[] LeastReal { get; init; }

    public required PileRecord Pile { get; init; }
}
