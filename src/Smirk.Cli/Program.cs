using System.CommandLine;
using Smirk.Cli.Commands;
using Smirk.Cli.Commands.Dupes;
using Smirk.Cli.Commands.Make;
using Smirk.Cli.Commands.Strip;
using Smirk.Cli.Install;

namespace Smirk.Cli;

/// <summary>The command line: one class a command in Commands/, listed here.</summary>
internal static class Program
{
    private const string Whole =
        "Everything in one go", Data = "Dataset", Generator = "Generator", Cleaning = "Cleaning up folders", Checking = "Checking",
        Installing = "Installing";

    /// <summary>Every command, in the order and under the headings that --help shows them.</summary>
    internal static readonly (string Heading, string Name, Func<Command> Create)[] Commands =
    [
        (Whole, "make", MakeCommand.Create),
        (Whole, "studio", StudioCommand.Create),
        (Data, "collect", CollectCommand.Create),
        (Data, "import", ImportCommand.Create),
        (Data, "merge", MergeCommand.Create),
        (Data, "crop", CropCommand.Create),
        (Data, "pack", PackCommand.Create),
        (Data, "export", ExportCommand.Create),
        (Data, "draw", DrawCommand.Create),
        (Data, "decide", DecideCommand.Create),
        (Data, "why", WhyCommand.Create),
        (Generator, "train", TrainCommand.Create),
        (Generator, "evaluate", EvaluateCommand.Create),
        (Generator, "sample", SampleCommand.Create),
        (Generator, "project", ProjectCommand.Create),
        (Generator, "share", ShareCommand.Create),
        (Cleaning, "strip", StripCommand.Create),
        (Cleaning, "dupes", DupesCommand.Create),
        (Cleaning, "undo", UndoCommand.Create),
        (Checking, "doctor", DoctorCommand.Create),
        (Installing, "completion", CompletionCommand.Create),
        (Installing, "manual", ManualCommand.Create),
    ];

    private static int Main(string[] args)
    {
        // Both are waited for and need no parser; to load it takes as long as all else that they do.
        if (args is ["--version"])
            return PrintVersion();
        if (args is [Completer.Word, .. var words])
            return Completer.Print(words, Console.Out);
        var root = Root(args.FirstOrDefault(word => !word.StartsWith('-')) ?? "");

        // In the list of all, each has one line.
        if (root.Subcommands.Count > 1)
        {
            foreach (var command in root.Subcommands)
                command.Description = command.Description?.Split('\n')[0];
        }

        // No arguments: show what there is.
        return CommandRunner.Invoke(root, args.Length > 0 ? args : ["--help"]);
    }

    /// <summary>The program with all its commands, or with only the one that is <paramref name="named"/>.</summary>
    internal static RootCommand Root(string named = "")
    {
        var root = new RootCommand("""
            Smirk turns a messy folder of pictures into a picture generator.

            Examples:
              smirk make ~/Pictures/smug -w smug     pictures in; a trained generator and a report out
              smirk make                             the same without pictures: Smirk draws some
              smirk sample smug -n 64 --grid a.png   64 new pictures
              smirk train --help                     examples and options of one command
            """);
        foreach (var command in AllCommands(named))
            root.Subcommands.Add(command);
        return root;
    }

    /// <summary>What --version prints.</summary>
    internal static int PrintVersion()
    {
        foreach (var line in VersionText.Lines())
            Console.Out.WriteLine(line);
        return ExitCode.Done;
    }

    /// <summary>The subcommands of <paramref name="command"/> under their headings.</summary>
    internal static IEnumerable<IGrouping<string, Command>> Groups(Command command) =>
        command.Subcommands.GroupBy(sub => Commands.First(c => c.Name == sub.Name).Heading);

    /// <summary>All commands, or only the one that is named: making the options of all takes as long as a small job.</summary>
    internal static IEnumerable<Command> AllCommands(string named = "")
    {
        foreach (var (_, name, create) in Commands)
        {
            if (name == named)
                return [create()];
        }

        return Commands.Select(c => c.Create());
    }
}
