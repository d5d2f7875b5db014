using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Smirk.Cli;

/// <summary>What surrounds every command: parsing errors, --json and --quiet, Ctrl-C, and exceptions turned into one line and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>One JSON document on stdout; progress and warnings go to stderr.</summary>
    public static readonly Option<bool> Json = new("--json") { Description = "print one JSON document on stdout; progress goes to stderr", Recursive = true };

    /// <summary>Nothing but results, warnings and errors.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "no progress, no summary; warnings and errors only", Recursive = true };

    /// <summary>Parses and runs; returns the exit code (see <see cref="ExitCode"/>).</summary>
    public static int Invoke(RootCommand root, string[] args)
    {
        root.Options.Add(Json);
        root.Options.Add(Quiet);
        // A name that begins with @ is a name, not a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var misspelt = parsed.Action is HelpAction ? null : Misspelt.Option(parsed, args);
        if (parsed.Errors.Count == 0 && misspelt is null)
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

        // A misspelt command is reported both as missing and as unknown; the second tells the person more.
        var error = misspelt ?? (parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is neither a command nor an option here.{Misspelt.Meant(parsed.UnmatchedTokens[0], parsed)}"
            : InWords(parsed.Errors[0]));
        Console.Error.WriteLine($"smirk: {error}");
        Console.Error.WriteLine($"See: smirk {PathOf(parsed.CommandResult)}--help");
        return ExitCode.Usage;
    }

    /// <summary>Makes <paramref name="run"/> the command's action, with a screen and a cancellation token that Ctrl-C and SIGTERM set.</summary>
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
        catch (Exception error) when (ErrorTable.Describe(error) is { } described)
        {
            screen.Error(described.Line);
            return described.ExitCode;
        }

        void Cancel(PosixSignalContext signal)
        {
            // The second Ctrl-C is the person's last word: the default action ends the process.
            signal.Cancel = !cancel.IsCancellationRequested;
            cancel.Cancel();
        }
    }

    // What the parser says of a value that is no number names a type of .NET's.
    private static string InWords(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens: [var token, ..], Option: var option })
            return error.Message;
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        var kind = type == typeof(int) || type == typeof(long) || type == typeof(ulong) ? "whole number" : type == typeof(double) || type == typeof(float) ? "number" : null;
        return kind is not null && error.Message.Contains(type.Name, StringComparison.Ordinal) ? $"'{token.Value}' is no {kind}, which {option.Name} takes." : error.Message;
    }

    private static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            names.Insert(0, command.Command.Name + " ");
        return string.Concat(names);
    }
}
