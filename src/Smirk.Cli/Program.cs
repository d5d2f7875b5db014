using System.CommandLine;
using Smirk.Cli.Commands;

namespace Smirk.Cli;

/// <summary>The command line: one class a command in Commands/, listed here.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand("Smirk turns a messy pile of pictures into a picture generator.");
        foreach (var command in AllCommands())
            root.Subcommands.Add(command);
        return CommandRunner.Invoke(root, args);
    }

    /// <summary>Every command, in the order that --help shows them: the main job, its stages, the tools beside it.</summary>
    internal static IEnumerable<Command> AllCommands() =>
    [
        MakeCommand.Create(),
        CollectCommand.Create(),
        ImportCommand.Create(),
        CropCommand.Create(),
        PackCommand.Create(),
        DrawCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        SampleCommand.Create(),
        StripCommand.Create(),
        DupesCommand.Create(),
        UndoCommand.Create(),
        DecideCommand.Create(),
        WhyCommand.Create(),
        DoctorCommand.Create(),
    ];
}
