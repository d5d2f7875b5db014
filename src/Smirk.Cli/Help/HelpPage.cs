using System.CommandLine;
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
        output.WriteLine($"  {HelpRows.Usage(command, root)}");
        Section(output, "Arguments", [.. command.Arguments.Select(argument => (HelpRows.NameOf(argument), argument.Description ?? ""))]);
        foreach (var group in Program.Groups(command))
            Section(output, group.Key, [.. group.Select(c => (c.Name, c.Description ?? ""))]);
        foreach (var group in command.Options.Where(o => !HelpRows.IsCommon(o) && (all || HelpHeadings.IsShownFirst(command, o)))
            .GroupBy(HelpHeadings.HeadingOf))
            Section(output, group.Key, [.. group.Select(HelpRows.Row)]);
        Section(output, General, [.. HelpRows.General(command, root).Select(HelpRows.Row)]);
        var left = all ? 0 : command.Options.Count(o => !HelpRows.IsCommon(o) && !HelpHeadings.IsShownFirst(command, o));
        if (left > 0)
            output.WriteLine($"\n{left} more options: smirk {command.Name} --help-all");
    }

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
