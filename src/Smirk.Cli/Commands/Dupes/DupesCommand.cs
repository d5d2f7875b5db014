using System.CommandLine;
using Smirk.Cli.Arguments;
using Smirk.Dataset.Near;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands.Dupes;

/// <summary><c>smirk dupes PATH...</c>: finds duplicate files, and deals with them when told how.</summary>
internal static class DupesCommand
{
    private const string Description = """
        Find files that are the same, byte for byte. Changes nothing unless told to, and what it changes smirk undo takes back.
        Options have fdupes' names and meanings where it has them; folders below are looked through by default, and empty files only with --empty.

        Example: smirk dupes Pictures/
                 smirk dupes Pictures/ --keep oldest --quarantine Pictures/duplicates
                 smirk dupes Pictures/ --near --report doubtful
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("dupes", Description);
        var arguments = new DupesArguments();
        var acting = new ActArguments();
        var near = new Option<bool>("--near") { Description = "pictures that show the same too: other sizes, crops, captions, photos of a screen; those can be moved with --quarantine, never linked or removed" };
        var careful = new Option<bool>("--careful") { Description = "with --near: only plain cases" };
        var report = new Option<string?>("--report") { Description = "with --near: write a page with all groups, most doubtful first, to look through", HelpName = "DIR" };
        arguments.AddTo(command);
        acting.AddTo(command);
        command.Options.Add(near);
        command.Options.Add(careful);
        command.Options.Add(report);
        command.SetRun((parsed, screen, cancel) =>
        {
            // Ask for everything first: a wrong option costs no work.
            var choice = acting.Read(parsed);
            var options = acting.Apply(arguments.Read(parsed), choice, parsed);
            var fdupes = arguments.ReadFdupes(parsed);
            if (!parsed.GetValue(near) && (parsed.GetValue(careful) || parsed.GetValue(report) is not null))
                throw new UsageException("--careful and --report say how near duplicates are looked for and shown; add --near.");
            if (choice is { Kind: not null, DryRun: false, Yes: false })
                Confirmation.MustBePossible(arguments.ReadsStdin(parsed));

            if (parsed.GetValue(near))
            {
                acting.RefuseKeep(parsed);
                var care = parsed.GetValue(careful) ? NearCare.Careful : NearCare.Normal;
                return NearRun.Do(options, new NearOptions { Care = care }, parsed.GetValue(report), fdupes, choice, screen, cancel);
            }

            var result = ExactDuplicates.Run(options, screen, TimeProvider.System, cancel);
            foreach (var refused in result.Refused)
                screen.Warn($"{refused.Path}: {refused.Reason}");

            var plan = choice.Kind is { } kind ? ActPlanner.Plan(result.Groups, kind, choice.Quarantine) : null;
            if (plan is null || !screen.IsJson)
                DupesReport.Show(result, fdupes, plan, screen);
            return plan is null ? CodeFor(result.Refused.Count) : DupesActing.Carry(plan, choice, new ShownGroups(result.Groups, result.Refused, (more, counts) => DupesReport.WriteJson(result, more, counts)), screen, cancel);
        });
        return command;
    }

    /// <summary>The exit code of a run with so many files refused or left alone.</summary>
    internal static int CodeFor(int refused) => refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
}
