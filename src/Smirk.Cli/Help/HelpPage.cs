using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Smirk.Cli.Help;

/// <summary>What --help and --help-all print: what a command is for, examples, how it is called, and its options under headings.</summary>
/// <param name="all">Every option, not only those that are changed first.</param>
internal sealed class HelpPage(bool all) : SynchronousCommandLineAction
{
    private const string General = "General";
    private const int Widest = 110;
    private const int Narrowest = 60;

    // Names longer than this stand on a line of their own.
    private const int MostNameWidth = 34;

    /// <summary>--help-all, for every command.</summary>
    public static Option<bool> AllOption() => new("--help-all")
    {
        Description = "show help with every option",
        Recursive = true,
        Arity = ArgumentArity.Zero,
        Action = new HelpPage(all: true),
    };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        Write(parsed.CommandResult.Command, parsed.RootCommandResult.Command, Console.Out);
        return ExitCode.Done;
    }

    private void Write(Command command, Command root, TextWriter output)
    {
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine($"  {Usage(command, root)}");
        Section(output, "Arguments", [.. command.Arguments.Select(argument => (NameOf(argument), argument.Description ?? ""))]);
        foreach (var group in Program.Groups(command))
            Section(output, group.Key, [.. group.Select(c => (c.Name, c.Description ?? ""))]);
        foreach (var group in command.Options.Where(o => !IsCommon(o) && (all || HelpHeadings.IsShownFirst(command, o)))
            .GroupBy(HelpHeadings.HeadingOf))
            Section(output, group.Key, [.. group.Select(Row)]);
        Section(output, General, [.. root.Options.Where(IsCommon).Where(o => o is not VersionOption || command == root).Select(Row)]);
        var left = all ? 0 : command.Options.Count(o => !IsCommon(o) && !HelpHeadings.IsShownFirst(command, o));
        if (left > 0)
            output.WriteLine($"\n{left} more options: smirk {command.Name} --help-all");
    }

    private static bool IsCommon(Option option) => option.Recursive || option is HelpOption or VersionOption;

    private static string Usage(Command command, Command root)
    {
        if (command == root)
            return "smirk COMMAND [options]";
        var arguments = command.Arguments.Select(argument => argument.Arity switch
        {
            { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } => $" [{NameOf(argument)}...]",
            { MinimumNumberOfValues: 0 } => $" [{NameOf(argument)}]",
            { MaximumNumberOfValues: > 1 } => $" {NameOf(argument)}...",
            _ => $" {NameOf(argument)}",
        });
        var required = command.Options.Where(o => o.Required).Select(o => $" {ShortestName(o)} {ValueOf(o)}");
        return $"smirk {command.Name}{string.Concat(arguments)}{string.Concat(required)} [options]";
    }

    private static (string Name, string Text) Row(Option option)
    {
        var names = option is HelpOption ? ["-h", "--help"] : option.Aliases.Prepend(option.Name).OrderBy(IsLong).ToList();
        var name = $"{(IsLong(names[0]) ? "    " : "")}{string.Join(", ", names)}";
        if (ValueOf(option) is { Length: > 0 } value)
            name += $" {value}";
        var text = option is HelpOption ? "show this help" : option is VersionOption ? "show the version" : option.Description ?? "";
        return (name, text + (DefaultOf(option) is { } value1 ? $" [default: {value1}]" : "") + (option.Required ? " (required)" : ""));
    }

    private static string NameOf(Argument argument) => (argument.HelpName ?? argument.Name).ToUpperInvariant();

    private static string ShortestName(Option option) => option.Aliases.Prepend(option.Name).MinBy(name => name.Length)!;

    private static bool IsLong(string name) => name.StartsWith("--", StringComparison.Ordinal);

    // Words to choose from are as they are typed; a placeholder is in capitals, but for the ending that a file should have.
    private static string ValueOf(Option option)
    {
        if (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool))
            return "";
        var value = option.HelpName ?? "VALUE";
        var dot = value.IndexOf('.') is >= 0 and var at ? at : value.Length;
        return value.Contains('|') ? value : $"{value[..dot].ToUpperInvariant()}{value[dot..]}";
    }

    private static string? DefaultOf(Option option) =>
        option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value and not Array ? $"{value}"
            : null;

    private static void Section(TextWriter output, string title, IReadOnlyList<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"{title}:");
        var width = Math.Min(MostNameWidth, rows.Max(row => row.Name.Length));
        var room = (Console.IsOutputRedirected ? Widest : Math.Clamp(Screen.Width(Widest), Narrowest, Widest)) - width - 4;
        foreach (var (name, text) in rows)
        {
            var lines = Wrapped(text, room).ToList();
            output.WriteLine(name.Length > width ? $"  {name}" : $"  {name.PadRight(width)}  {lines[0]}".TrimEnd());
            foreach (var line in name.Length > width ? lines : lines.Skip(1))
                output.WriteLine($"  {new string(' ', width)}  {line}");
        }
    }

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
