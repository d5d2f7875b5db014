using Smirk.Cli.Arguments;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Decisions;
using Smirk.Dataset.Near.Report;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>`dupes --near`: finds, shows, and does what was asked for through the same plan, journal and undo as with exact duplicates.
/// Alternates are in no plan.</summary>
internal static class NearRun
{
    /// <summary>Does so; returns the exit code.</summary>
    public static int Do(ExactOptions files, NearSearch near, FdupesOutput? fdupes, ActChoice choice, Screen screen,
        CancellationToken cancel)
    {
        TellDamage(near, screen);
        var result = NearDuplicates.Run(files, near.Options, screen, cancel);
        DupesCommand.Tell(result.Refused, screen);
        var plan = choice.Kind is { } kind ? ActPlanner.Plan(result.Groups, kind, choice.Quarantine) : null;
        var report = new NearReport(result, near.Decisions);
        if (plan is null || !screen.IsJson)
            report.Show(fdupes, screen);
        if (near.Decisions is { } decisions && fdupes is null)
            TellDecisions(decisions, near.Options.Decisions, result, screen);
        if (near.Report is { } folder)
        {
            var page = NearPage.Write(folder, result.Findings, result.Inputs, near.Decisions is { } file
                ? (member, keeper) => FolderDeciding.Command(
                    file, FolderVerdict.NotDuplicate, PathOf(result, keeper), PathOf(result, member))
                : null, screen, cancel);
            screen.Say($"Report: {page}");
        }

        var code = plan is null
            ? DupesCommand.CodeFor(result.Refused)
            : DupesActing.Carry(plan, choice, new ShownGroups(
                result.Groups, result.Refused, report.WriteJson), screen, cancel);
        return code == ExitCode.Done && near.Options.Decisions.Damaged.Count > 0 ? ExitCode.SomeRefused : code;
    }

    private static RawPath PathOf(NearSearchResult result, int input) => result.Files[input].Path;

    private static void TellDamage(NearSearch near, Screen screen)
    {
        foreach (var line in near.Options.Decisions.Damaged)
            screen.Warn($"{near.Decisions}, line {line.Number}: {line.Reason}. The line is left as it is and not heeded.");
    }

    private static void TellDecisions(string file, NearDecisions decisions, NearSearchResult result, Screen screen)
    {
        screen.Say(!File.Exists(file) ? $"{file} isn't there yet; your first decision makes it."
            : $"{result.Counts["decisions"]} of {decisions.InForce.Count} decisions in {file} are about these pictures.");
        var group = result.Groups.Concat(result.Alternates).FirstOrDefault(g => g.Members.Any(m => !m.SameBytes));
        if (group?.Members.FirstOrDefault(m => !m.SameBytes) is { } member)
        {
            screen.Say($"To decide: {FolderDeciding.Command(file, FolderVerdict.NotDuplicate, group.Keeper.Path, member.File.Path)}");
            screen.Say($"       or: {FolderDeciding.Command(file, FolderVerdict.Keep, member.File.Path)}");
        }
    }
}
