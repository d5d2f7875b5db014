using System.CommandLine;
using Smirk.Cli.Commands;
using Smirk.Cli.Commands.Dupes;
using Smirk.Cli.Commands.Make;
using Smirk.Cli.Commands.Strip;

namespace Smirk.Cli;

/// <summary>The command line: one class a command in Commands/, listed here.</summary>
internal static class Program
{
    /// <summary>Every command, in the order that --help shows them: the main job, its stages, the tools beside it.</summary>
    internal static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("make", MakeCommand.Create),
        ("collect", CollectCommand.Create),
        ("import", ImportCommand.Create),
        ("crop", CropCommand.Create),
        ("pack", PackCommand.Create),
        ("draw", DrawCommand.Create),
        ("train", TrainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("sample", SampleCommand.Create),
        ("strip", StripCommand.Create),
        ("dupes", DupesCommand.Create),
        ("undo", UndoCommand.Create),
        ("decide", DecideCommand.Create),
        ("why", WhyCommand.Create),
        ("doctor", DoctorCommand.Create),
    ];

    private static int Main(string[] args)
    {
        var root = new RootCommand("""
            Smirk turns a messy pile of pictures into a picture generator.

            Examples:
              smirk make ~/Pictures/smug -w smug    the whole way: pictures in, a generator and a report of it out
              smirk make                            the same with no pictures at hand: draws its own
              smirk sample --help                   what a command does and takes, with examples
            """);
        Command[] commands = [.. AllCommands(args.FirstOrDefault(word => !word.StartsWith('-')) ?? "")];
        foreach (var command in commands)
        {
            // In the list of all, each has one line.
            if (commands.Length > 1)
                command.Description = command.Description?.Split('\n')[0];
            root.Subcommands.Add(command);
        }

        // Who says nothing wants to know what there is.
        return CommandRunner.Invoke(root, args.Length > 0 ? args : ["--help"]);
    }

    /// <summary>All commands, or only the one that is named: making the options of all takes as long as a small job.</summary>
    internal static IEnumerable<Command> AllCommands(string named = "")
    {
        foreach (var (name, create) in Commands)
        {
            if (name == named)
                return [create()];
        }

        return Commands.Select(c => c.Create());
    }
}
