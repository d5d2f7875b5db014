using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Smirk.Cli.Help;

/// <summary>Under which heading --help lists an option, and whether it is one of the few that --help shows before --help-all shows the
/// rest.</summary>
internal static class HelpHeadings
{
    /// <summary>Where options stand that were given no heading.</summary>
    public const string Default = "Options";

    private static readonly ConditionalWeakTable<Option, string> Headings = [];
    private static readonly ConditionalWeakTable<Command, string[]> Shown = [];

    /// <summary>Adds <paramref name="options"/> to the command under <paramref name="heading"/>.</summary>
    public static void Under(this Command command, string heading, params Option[] options)
    {
        foreach (var option in options)
        {
            Headings.AddOrUpdate(option, heading);
            command.Options.Add(option);
        }
    }

    /// <summary>Puts what <paramref name="add"/> adds to the command under <paramref name="heading"/>, where it has none of its
    /// own.</summary>
    public static void Under(this Command command, string heading, Action<Command> add)
    {
        var before = command.Options.Count;
        add(command);
        foreach (var option in command.Options.Skip(before))
            Headings.TryAdd(option, heading);
    }

    /// <summary>Leaves all but these options of the command to --help-all.</summary>
    /// <param name="command">Has them already.</param>
    /// <param name="names">As typed, such as "--budget".</param>
    /// <exception cref="ArgumentException">The command has no such option.</exception>
    public static void ShowFirst(this Command command, params string[] names)
    {
        if (names.FirstOrDefault(name => !command.Options.Any(option => HelpRows.IsNamed(option, name))) is { } unknown)
            throw new ArgumentException($"{command.Name} has no option {unknown}", nameof(names));
        Shown.AddOrUpdate(command, names);
    }

    /// <summary>The heading that <paramref name="option"/> stands under.</summary>
    public static string HeadingOf(Option option) => Headings.TryGetValue(option, out var heading) ? heading : Default;

    /// <summary>Whether --help lists <paramref name="option"/> of <paramref name="command"/>; --help-all lists every one.</summary>
    public static bool IsShownFirst(Command command, Option option) =>
        !Shown.TryGetValue(command, out var names) || names.Any(name => HelpRows.IsNamed(option, name));
}
