using System.CommandLine;
using Smirk.Cli.Help;

namespace Smirk.Cli.Install;

/// <summary>A command's page in the system's manual (section 1), made from what --help-all shows.</summary>
/// <remarks>No date: the same sources give the same bytes.</remarks>
internal static class ManualPage
{
    /// <summary>"smirk" for the program, "smirk-train" for a command: git's custom.</summary>
    public static string NameOf(Command command) => command is RootCommand ? "smirk" : $"smirk-{command.Name}";

    /// <summary>Writes the page of <paramref name="command"/>, which may be <paramref name="root"/>, in roff.</summary>
    public static void Write(Command command, Command root, TextWriter output)
    {
        var name = NameOf(command);
        var (summary, text, examples) = Parts(command.Description ?? "");
        output.WriteLine($".TH {name.ToUpperInvariant()} 1 \"\" \"Smirk {VersionText.Build().Version}\" \"Smirk\"");
        Section(output, "NAME", $"{name} \\- {Escaped(char.ToLowerInvariant(summary[0]) + summary[1..].TrimEnd('.'))}");
        Section(output, "SYNOPSIS", Escaped(HelpRows.Usage(command, root)));
        Section(output, "DESCRIPTION", Escaped(summary));
        foreach (var paragraph in text)
            output.WriteLine($".PP\n{Escaped(paragraph)}");
        if (command.Arguments.Count > 0)
            Rows(output, ".SH ARGUMENTS", command.Arguments.Select(argument => (HelpRows.NameOf(argument), argument.Description ?? "")));
        foreach (var group in Program.Groups(command))
            Rows(output, $".SH {group.Key.ToUpperInvariant()}",
                group.Select(sub => ($"smirk-{sub.Name}(1)", Parts(sub.Description ?? "").Summary)));
        output.WriteLine(".SH OPTIONS");
        foreach (var group in command.Options.Where(option => !HelpRows.IsCommon(option)).GroupBy(HelpHeadings.HeadingOf))
            Rows(output, $".SS {group.Key}", group.Select(HelpRows.Row));
        Rows(output, ".SS General", HelpRows.General(command, root).Select(HelpRows.Row));
        if (examples.Count > 0)
            Section(output, "EXAMPLES", $".nf\n{string.Join('\n', examples.Select(Escaped))}\n.fi");
        Rows(output, ".SH EXIT STATUS",
        [
            ($"{ExitCode.Done}", "All was done."),
            ($"{ExitCode.Failed}", "It could not be done."),
            ($"{ExitCode.Usage}", "The command line is wrong; nothing was done."),
            ($"{ExitCode.SomeRefused}", "Done, but some inputs were refused, each of them named."),
            ($"{ExitCode.Cancelled}", "Ctrl-C or SIGTERM; what was finished is kept."),
        ]);
        Rows(output, ".SH ENVIRONMENT",
        [
            ("SMIRK_LIBTORCH", "folder of another libtorch than the system's, such as one with CUDA"),
            ("XDG_CACHE_HOME, XDG_STATE_HOME", "where smirk/ with what can be made again, and with reports of faults, lies"),
        ]);
        Section(output, "SEE ALSO", command == root ? "smirk doctor checks the machine." : "\\fBsmirk\\fR(1)");
    }

    // The summary; paragraphs after it; and the examples, which --help shows first.
    private static (string Summary, IReadOnlyList<string> Text, IReadOnlyList<string> Examples) Parts(string description)
    {
        var lines = description.Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith("Example", StringComparison.Ordinal));
        var before = start < 0 ? lines : lines[..start];
        var examples = start < 0 ? [] : lines[start..].Select(line => line.Trim())
            .Select(line => line.StartsWith("Example: ", StringComparison.Ordinal) ? line["Example: ".Length..] : line)
            .Where(line => line.Length > 0 && line != "Examples:").ToList();
        return (lines[0].Trim(), [.. before.Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)], examples);
    }

    private static void Section(TextWriter output, string title, string text) => output.WriteLine($".SH {title}\n{text}");

    private static void Rows(TextWriter output, string heading, IEnumerable<(string Name, string Text)> rows)
    {
        output.WriteLine(heading);
        foreach (var (name, text) in rows)
            output.WriteLine($".TP\n.B {Escaped(name.Trim())}\n{Escaped(text)}");
    }

    // A hyphen that is typed must stay one, and a line must not begin like one of roff's own.
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
