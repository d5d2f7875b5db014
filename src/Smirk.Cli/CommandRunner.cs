using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smirk.Cli.Help;
using Smirk.Gan.Train;

namespace Smirk.Cli;

/// <summary>What surrounds every command: parsing errors, --json and --quiet, Ctrl-C, and exceptions turned into one line and an exit
/// code.</summary>
internal static class CommandRunner
{
    /// <summary>One JSON document on stdout; progress and warnings go to stderr.</summary>
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "print one JSON document on stdout; progress goes to stderr",
        Recursive = true,
    };

    /// <summary>Nothing but results, warnings and errors.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "no progress and no summary, only warnings and errors",
        Recursive = true,
    };

    /// <summary>Gives every command the options that all have.</summary>
    public static RootCommand WithCommonOptions(RootCommand root)
    {
        root.Options.Add(Json);
        root.Options.Add(Quiet);
        root.Options.OfType<HelpOption>().Single().Action = new HelpPage(all: false);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.Options.Add(HelpPage.AllOption());
        return root;
    }

    /// <summary>Parses and runs; returns the exit code (see <see cref="ExitCode"/>).</summary>
    public static int Invoke(RootCommand root, string[] args)
    {
        try
        {
            var parsed = Parse(WithCommonOptions(root), args);
            if (Problem(parsed, args) is not { } problem)
                return parsed.Invoke(
                    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            Console.Error.WriteLine($"smirk: {problem}");
            Console.Error.WriteLine($"See: smirk {PathOf(parsed.CommandResult)}--help");
            return ExitCode.Usage;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"smirk: {Fault.Report(error, args, Fault.Folder)}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Parses; a name that begins with @ is a name, not a file of arguments.</summary>
    internal static ParseResult Parse(RootCommand root, string[] args) =>
        root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>What is wrong with the command line, as one sentence; null when nothing is.</summary>
    internal static string? Problem(ParseResult parsed, string[] args)
    {
        if (parsed.Action is HelpPage)
            return parsed.Errors.Count > 0 ? Unknown(parsed) : null;
        return Misspelt.Option(parsed, args) ?? Numbers.Problem(parsed) ?? (parsed.Errors.Count > 0 ? Unknown(parsed) : null);
    }

    // A misspelt command is reported both as missing and as unknown; the second tells the person more.
    private static string Unknown(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? $"'{parsed.UnmatchedTokens[0]}' is neither a command nor an option here.{Misspelt.Meant(parsed.UnmatchedTokens[0], parsed)}"
        : parsed.Errors[0].Message;

    /// <summary>Makes <paramref name="run"/> the command's action, with a screen and a cancellation token that Ctrl-C and SIGTERM
    /// set.</summary>
    public static void SetRun(this Command command, Func<ParseResult, Screen, CancellationToken, int> run) =>
        command.SetAction(parsed => Guard(parsed, run));

    /// <summary>Writes <paramref name="document"/> as the command's one JSON document.</summary>
    public static void WriteJson<T>(T document, JsonTypeInfo<T> type) => Console.Out.WriteLine(JsonSerializer.Serialize(document, type));

    private static int Guard(ParseResult parsed, Func<ParseResult, Screen, CancellationToken, int> run)
    {
        using var cancel = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using var screen = new Screen(parsed.GetValue(Json), parsed.GetValue(Quiet));
        try
        {
            return run(parsed, screen, cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            screen.Error("stopped; what was finished is kept");
            return ExitCode.Cancelled;
        }
        catch (TrainingStoppedException stopped)
        {
            screen.Error(stopped.Message);
            return ExitCode.Cancelled;
        }
        catch (Exception error) when (ErrorTable.Describe(error) is { } described)
        {
            screen.Error(described.Line);
            return described.ExitCode;
        }
        catch (Exception error)
        {
            screen.Error(Fault.Report(error, Environment.GetCommandLineArgs()[1..], Fault.Folder));
            return ExitCode.Failed;
        }

        void Cancel(PosixSignalContext signal)
        {
            // The second Ctrl-C is the person's last word: the default action ends the process.
            signal.Cancel = !cancel.IsCancellationRequested;
            cancel.Cancel();
        }
    }

    private static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            names.Insert(0, command.Command.Name + " ");
        return string.Concat(names);
    }

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Program.PrintVersion();
    }
}
