using System.CommandLine;
using Smirk.Cli.Arguments;
using Smirk.Cli.Help;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Walk;

namespace Smirk.Cli.Commands.Dupes;

/// <summary><c>smirk dupes PATH...</c>: finds duplicate files, and deals with them when told how.</summary>
internal static class DupesCommand
{
    private const string Description = """
        Find duplicate files, byte for byte, or near-duplicate pictures. Nothing is changed unless you say so, and smirk undo reverses it.
        Options named as in fdupes mean the same. Unlike fdupes, subfolders are searched by default.

        Examples:
          smirk dupes Pictures/
          smirk dupes Pictures/ --keep oldest --quarantine Pictures/duplicates
          smirk dupes Pictures/ --near --report doubtful
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var command = new Command("dupes", Description);
        var arguments = new DupesArguments();
        var acting = new ActArguments();
        var near = new NearSearchArguments();
        arguments.AddTo(command);
        near.AddTo(command);
        acting.AddTo(command);
        command.ShowFirst("--no-recurse", "--minsize", "--near", "--report", "--decisions", "--quarantine", "--hardlink", "--delete",
            "--keep", "--protect", "--dry-run");
        command.SetRun((parsed, screen, cancel) =>
        {
            // Ask for everything first: a wrong option costs no work.
            var choice = acting.Read(parsed);
            var options = acting.Apply(arguments.Read(parsed), choice, parsed);
            var fdupes = arguments.ReadFdupes(parsed);
            var nearby = near.Read(parsed);
            if (choice is { Kind: not null, DryRun: false, Yes: false })
                Confirmation.MustBePossible(arguments.ReadsStdin(parsed));

            if (nearby is not null)
            {
                acting.RefuseKeep(parsed);
                return NearRun.Do(options, nearby, fdupes, choice, screen, cancel);
            }

            var result = ExactDuplicates.Run(options, screen, TimeProvider.System, cancel);
            Tell(result.Refused, screen);

            var plan = choice.Kind is { } kind ? ActPlanner.Plan(result.Groups, kind, choice.Quarantine) : null;
            if (plan is null || !screen.IsJson)
                DupesReport.Show(result, fdupes, plan, screen);
            return plan is null ? CodeFor(result.Refused)
                : DupesActing.Carry(plan, choice, new ShownGroups(
                    result.Groups, result.Refused, (more, counts) => DupesReport.WriteJson(result, more, counts)), screen, cancel);
        });
        return command;
    }

    /// <summary>Names what was refused, and what was left out.</summary>
    internal static void Tell(IReadOnlyList<RefusedPath> refused, Screen screen)
    {
        foreach (var path in refused)
        {
            if (path.AsAsked)
                screen.Say($"{path.Path} {path.Reason}.");
            else
                screen.Warn($"{path.Path}: {path.Reason}");
        }
    }

    /// <summary>The exit code of a run that refused these.</summary>
    internal static int CodeFor(IReadOnlyList<RefusedPath> refused) =>
        refused.Any(path => !path.AsAsked) ? ExitCode.SomeRefused : ExitCode.Done;
}
