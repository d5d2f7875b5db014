using System.CommandLine;
using System.CommandLine.Help;

namespace Smirk.Cli.Help;

/// <summary>What help says of a command's options and arguments, in pieces: --help prints them, the manual sets them as pages.</summary>
internal static class HelpRows
{
    /// <summary>Whether all commands have it.</summary>
    public static bool IsCommon(Option option) => option.Recursive || option is HelpOption or VersionOption;

    /// <summary>The options that <paramref name="command"/> has as all have them; --version is the program's own.</summary>
    public static IEnumerable<Option> General(Command command, Command root) =>
        root.Options.Where(IsCommon).Where(option => option is not VersionOption || command == root);

    /// <summary>How it is called: "smirk sample RUN [options]".</summary>
    public static string Usage(Command command, Command root)
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

    /// <summary>An option's names with its value, and what it does: ("-n, --count N", "number of pictures [default: 64]").</summary>
    public static (string Name, string Text) Row(Option option)
    {
        var names = option is HelpOption ? ["-h", "--help"] : option.Aliases.Prepend(option.Name).OrderBy(IsLong).ToList();
        var name = $"{(IsLong(names[0]) ? "    " : "")}{string.Join(", ", names)}";
        if (ValueOf(option) is { Length: > 0 } value)
            name += $" {value}";
        var given = DefaultOf(option) is { } value1 ? $" [default: {value1}]" : "";
        return (name, TextOf(option) + given + (option.Required ? " (required)" : ""));
    }

    /// <summary>What it does.</summary>
    public static string TextOf(Option option) =>
        option is HelpOption ? "show this help" : option is VersionOption ? "show the version" : option.Description ?? "";

    /// <summary>The option of <paramref name="command"/>, or of all, that is typed as <paramref name="name"/>; null when there is
    /// none.</summary>
    public static Option? Named(Command command, Command root, string name) =>
        command.Options.Concat(root.Options.Where(IsCommon)).FirstOrDefault(option => IsNamed(option, name));

    /// <summary>Whether it is typed as <paramref name="name"/>.</summary>
    public static bool IsNamed(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    /// <summary>Its name in words: --count rather than -n.</summary>
    public static string LongName(Option option) => option.Aliases.Prepend(option.Name).MaxBy(name => name.Length)!;

    /// <summary>RUN, or SOURCE.</summary>
    public static string NameOf(Argument argument) => (argument.HelpName ?? argument.Name).ToUpperInvariant();

    private static string ShortestName(Option option) => option.Aliases.Prepend(option.Name).MinBy(name => name.Length)!;

    private static bool IsLong(string name) => name.StartsWith("--", StringComparison.Ordinal);

    /// <summary>The placeholder of its value; empty where it takes none.</summary>
    /// <remarks>Words to choose from are as they are typed; a placeholder is in capitals, but for the ending that a file should
    /// have.</remarks>
    public static string ValueOf(Option option)
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
}
