using Smirk.Cli.Arguments;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Report;
using Smirk.Files.Act;
using Smirk.Files.Exact;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>`dupes --near`: finds, shows, and does what was asked for through the same plan, journal and undo as with exact duplicates.
/// Alternates are in no plan.</summary>
internal static class NearRun
{
    /// <summary>Does so; returns the exit code.</summary>
    public static int Do(ExactOptions files, NearOptions near, string? report, FdupesOutput? fdupes, ActChoice choice, Screen screen,
        CancellationToken cancel)
    {
        var result = NearDuplicates.Run(files, near, screen, cancel);
        DupesCommand.Tell(result.Refused, screen);
        var plan = choice.Kind is { } kind ? ActPlanner.Plan(result.Groups, kind, choice.Quarantine) : null;
        if (plan is null || !screen.IsJson)
            NearReport.Show(result, fdupes, screen);
        if (report is not null)
            screen.Say($"Report: {NearPage.Write(report, result.Findings, result.Inputs, screen, cancel)}");
        return plan is null
            ? DupesCommand.CodeFor(result.Refused)
            : DupesActing.Carry(plan, choice, new ShownGroups(
                result.Groups, result.Refused, (more, counts) => NearReport.WriteJson(result, more, counts)), screen, cancel);
    }
}
