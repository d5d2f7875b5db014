using System.CommandLine;
using Smirk.Cli.Commands;

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
        var root = new RootCommand("Smirk turns a messy pile of pictures into a picture generator.");
        foreach (var command in AllCommands(args.Length > 0 ? args[0] : ""))
            root.Subcommands.Add(command);
        return CommandRunner.Invoke(root, args);
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
