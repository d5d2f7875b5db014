using System.CommandLine;
using System.CommandLine.Completions;
using Smirk.Cli.Help;

namespace Smirk.Cli.Install;

/// <summary>What a shell offers for the word that is being typed: System.CommandLine knows what may stand there, this adds the values
/// that only the folders at hand know.</summary>
/// <remarks>The shells' scripts (<see cref="CompletionScript"/>) call the program with <see cref="Word"/> in front and read a line per
/// candidate: the word, a tab, what it means. A last line beginning with a colon says whether names of files or folders fit,
/// too.</remarks>
internal static class Completer
{
    /// <summary>The first argument of such a call.</summary>
    public const string Word = "__complete";

    /// <summary>Writes the candidates.</summary>
    /// <param name="words">The command line without the program's name, up to and with the word at the cursor, which may be
    /// empty.</param>
    /// <param name="output">Gets one candidate per line.</param>
    public static int Print(IReadOnlyList<string> words, TextWriter output)
    {
        string[] before = [.. words.Take(words.Count - 1)];
        var typed = words.Count > 0 ? words[^1] : "";
        var root = CommandRunner.WithCommonOptions(Program.Root(before.FirstOrDefault(word => !word.StartsWith('-')) ?? ""));
        var parsed = CommandRunner.Parse(root, before);
        var command = parsed.CommandResult.Command;
        var option = OptionBefore(command, root, before);
        var candidates = option is not null ? ValuesOf(option, parsed)
            : typed.StartsWith('-') ? OptionsOf(command, root, before)
            : command.Subcommands.Count > 0 ? command.Subcommands.Select(sub => (sub.Name, sub.Description?.Split('\n')[0] ?? ""))
            : command.Arguments.SelectMany(argument => ValuesOf(argument, parsed));
        var fitting = candidates.Where(candidate => candidate.Item1.StartsWith(typed, StringComparison.Ordinal)).ToList();
        foreach (var (word, meaning) in fitting)
            output.WriteLine($"{word}\t{meaning}");
        var isWord = option is null && (typed.StartsWith('-') || command.Subcommands.Count > 0);
        output.WriteLine(!isWord && (option ?? (Symbol?)command.Arguments.FirstOrDefault()) is { } symbol ? Paths(symbol) : ":none");
        return ExitCode.Done;
    }

    // The option whose value is being typed.
    private static Option? OptionBefore(Command command, Command root, string[] before) =>
        before is [.., var last] && last.StartsWith('-') && HelpRows.Named(command, root, last) is { } option
            && HelpRows.ValueOf(option).Length > 0 ? option : null;

    private static IEnumerable<(string Word, string Meaning)> OptionsOf(Command command, Command root, string[] before) =>
        command.Options.Concat(HelpRows.General(command, root))
            .Where(option => option.Arity.MaximumNumberOfValues > 1 || !before.Any(word => HelpRows.IsNamed(option, word)))
            .DistinctBy(option => option.Name)
            .Select(option => (HelpRows.LongName(option), HelpRows.TextOf(option)));

    private static IEnumerable<(string Word, string Meaning)> ValuesOf(Symbol symbol, ParseResult parsed)
    {
        var hint = HelpName(symbol);
        if (symbol.Name == "--workspace")
            return WorkspaceNames.Here();
        if (symbol.Name == "run" || hint is "RUN" or "WORKSPACE")
            return WorkspaceNames.HereWithRuns();
        if (symbol.Name is "--resume" or "--stop" or "--snapshot")
            return WorkspaceNames.RunsIn(parsed.CommandResult.Children.OfType<System.CommandLine.Parsing.OptionResult>()
                .FirstOrDefault(result => result.Option.Name == "--workspace")?.Tokens.FirstOrDefault()?.Value ?? ".");
        // "png|jpeg": the words themselves. Elsewhere the type knows: true and false, members of an enumeration.
        return hint.Contains('|') ? hint.Split('|').Where(IsTyped).Select(word => (word, ""))
            : symbol.GetCompletions(CompletionContext.Empty).Select(item => (item.Label, item.Detail ?? ""));
    }

    private static string HelpName(Symbol symbol) => (symbol as Option)?.HelpName ?? (symbol as Argument)?.HelpName ?? "";

    // "auto|PIXELS" and "n|auto": one of them stands for a number.
    private static bool IsTyped(string word) => word is not ("n" or "dim") && !word.Any(char.IsAsciiLetterUpper);

    // The placeholder says whether it is a path. What isn't named is a file where it is the thing to work on.
    private static string Paths(Symbol symbol)
    {
        var hint = HelpName(symbol).ToLowerInvariant();
        if (hint is "folder" or "dir" or "workspace")
            return ":folders";
        var isFile = hint.Contains('|') ? hint.Contains("path") : hint.StartsWith("file") || hint is "run" or "log" or "faces";
        return isFile || (symbol is Argument && hint != "shell") ? ":files" : ":none";
    }
}
