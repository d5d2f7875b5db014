using System.CommandLine;
using Smirk.Cli.Arguments;
using Smirk.Cli.Commands.Dupes;
using Smirk.Dataset.Dedupe.Act;
using Smirk.Dataset.Dedupe.Exact;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk dupes PATH...</c>: finds duplicate files, and deals with them when told how.</summary>
internal static class DupesCommand
{
    private const string Description = """
        Find files that are the same, byte for byte. Changes nothing unless told to, and what it changes smirk undo takes back.
        Options have fdupes' names and meanings where it has them; folders below are looked through by default, and empty files only with --empty.

        Example: smirk dupes Pictures/
                 smirk dupes Pictures/ --keep oldest --quarantine Pictures/duplicates
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("dupes", Description);
        var arguments = new DupesArguments();
        var acting = new ActArguments();
        arguments.AddTo(command);
        acting.AddTo(command);
        command.SetRun((parsed, screen, cancel) =>
        {
            // Ask for everything first: a wrong option costs no work.
            var choice = acting.Read(parsed);
            var options = acting.Apply(arguments.Read(parsed), choice, parsed);
            var fdupes = arguments.ReadFdupes(parsed);
            if (choice is { Kind: not null, DryRun: false, Yes: false })
                Confirmation.MustBePossible(arguments.ReadsStdin(parsed));

            var result = ExactDuplicates.Run(options, screen, TimeProvider.System, cancel);
            foreach (var refused in result.Refused)
                screen.Warn($"{refused.Path}: {refused.Reason}");

            var plan = choice.Kind is { } kind ? ActPlanner.Plan(result.Groups, kind, choice.Quarantine) : null;
            if (plan is null || !screen.IsJson)
                DupesReport.Show(result, fdupes, plan, screen);
            return plan is null ? CodeFor(result.Refused.Count) : DupesActing.Carry(plan, choice, result, screen, cancel);
        });
        return command;
    }

    /// <summary>The exit code of a run with so many files refused or left alone.</summary>
    internal static int CodeFor(int refused) => refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
}
