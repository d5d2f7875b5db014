using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Exact.Keep;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>What the person wants done with duplicates.</summary>
/// <param name="Kind">What; null to report only.</param>
/// <param name="Quarantine">The folder for <see cref="ActKind.Quarantine"/>.</param>
/// <param name="DryRun">Only say it.</param>
/// <param name="Yes">Don't ask.</param>
/// <param name="Journal">The journal's path; empty where nothing is to be done.</param>
/// <param name="Log">A log as fdupes writes it; null for none.</param>
internal sealed record ActChoice(ActKind? Kind, RawPath? Quarantine, bool DryRun, bool Yes, string Journal, string? Log);

/// <summary>The options of `dupes` that act.</summary>
internal sealed class ActArguments
{
    private readonly Option<string?> _quarantine = new("--quarantine")
    {
        Description = "move duplicates to this folder, on the same file system",
        HelpName = "DIR",
    };
    private readonly Option<bool> _hardlink = new("--hardlink") { Description = "replace duplicates with hard links to the kept file" };
    private readonly Option<bool> _reflink = new("--reflink") { Description = "let duplicates share data with the kept file (btrfs, XFS)" };
    private readonly Option<bool> _delete = new("--delete", "-d") { Description = "delete duplicates" };
    private readonly Option<string> _keep = new("--keep")
    {
        Description =
            "which file of each group to keep: first, oldest, newest, shortest-path, or all that match a pattern such as 'originals/*'",
        DefaultValueFactory = _ => "first",
        HelpName = "RULE",
    };
    private readonly Option<string[]> _protect = new("--protect")
    {
        Description = "never touch files in this folder; can be repeated",
        HelpName = "DIR",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "show what would be done; change nothing" };
    private readonly Option<bool> _yes = new("--yes", "-y", "-N", "--noprompt") { Description = "don't ask for confirmation" };
    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "where to record the changes for smirk undo",
        HelpName = "FILE",
    };
    private readonly Option<string?> _log = new("--log", "-l")
    {
        Description = "append what was done to this file, as fdupes does",
        HelpName = "LOG",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command) =>
        command.Under("Actions", _quarantine, _hardlink, _reflink, _delete, _keep, _protect, _dryRun, _yes, _journal, _log);

    /// <summary>What to do.</summary>
    /// <exception cref="UsageException">Options that make no sense, or contradict each other.</exception>
    public ActChoice Read(ParseResult parsed)
    {
        var quarantine = parsed.GetValue(_quarantine);
        List<ActKind> kinds = [];
        if (quarantine is not null)
            kinds.Add(ActKind.Quarantine);
        if (parsed.GetValue(_hardlink))
            kinds.Add(ActKind.Hardlink);
        if (parsed.GetValue(_reflink))
            kinds.Add(ActKind.Reflink);
        if (parsed.GetValue(_delete))
            kinds.Add(ActKind.Delete);
        if (kinds.Count > 1)
            throw new UsageException("--quarantine, --hardlink, --reflink and --delete exclude each other; give one of them.");
        if (kinds.Count == 0 && (parsed.GetValue(_dryRun) || parsed.GetValue(_log) is not null || parsed.GetValue(_journal) is not null))
            throw new UsageException("--dry-run, --log and --journal need an action: --quarantine DIR, --hardlink, --reflink or --delete.");
        var journal = kinds.Count == 0 ? "" : parsed.GetValue(_journal)
            ?? JournalFor(quarantine);
        return new ActChoice(kinds.Count == 0 ? null : kinds[0], quarantine is null ? null : PathList.OfArgument(quarantine),
            parsed.GetValue(_dryRun), parsed.GetValue(_yes), journal, parsed.GetValue(_log));
    }

    // Temporary folders are emptied, and with them what undo needs: without a home it lies beside what it is about.
    private static string JournalFor(string? quarantine)
    {
        var name = $"dupes-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}.jsonl";
        if (UserFolders.State() is { } state)
            return Path.Combine(state, "journals", name);
        var beside = quarantine is null ? null : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(quarantine)));
        return Path.Combine(beside ?? Environment.CurrentDirectory, name);
    }

    /// <summary>Refuses <c>--keep</c> where the most original copy is what stays.</summary>
    /// <exception cref="UsageException">It was given.</exception>
    public void RefuseKeep(ParseResult parsed)
    {
        if (parsed.GetResult(_keep) is { Implicit: false })
            throw new UsageException(
                "--keep doesn't work with --near, which keeps the most original copy. Protect folders with --protect DIR instead.");
    }

    /// <summary>The search with what acting needs of it.</summary>
    public ExactOptions Apply(ExactOptions options, ActChoice choice, ParseResult parsed) => options with
    {
        Keep = KeepRule.Parse(parsed.GetValue(_keep)!),
        Protected = PathList.OfArguments(parsed.GetValue(_protect) ?? []),
        Excluded = choice.Quarantine is null ? [] : [choice.Quarantine],

        // A hard link in place of one name frees nothing while the file has others.
        HardLinksAreDuplicates = options.HardLinksAreDuplicates || choice.Kind == ActKind.Hardlink,
    };
}
