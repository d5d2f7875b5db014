using System.CommandLine;
using Smirk.Cli.Commands.Dupes;
using Smirk.Cli.Help;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>The options of `dupes` that say which files are compared and how they are shown. fdupes' names mean what they mean
/// there.</summary>
internal sealed class DupesArguments
{
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "folders and files to search",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string?> _fromFile = new("--from-file")
    {
        Description = "read more paths from this file, one per line; - for standard input",
        HelpName = "LIST",
    };
    private readonly Option<bool> _endedByNul = new("-0", "--null")
    {
        Description = "paths in LIST end with a NUL byte, as from find -print0",
    };
    private readonly Option<bool> _recurse = new("-r", "--recurse") { Description = "recurse into subfolders (default)" };
    private readonly Option<bool> _noRecurse = new("--no-recurse") { Description = "don't recurse into subfolders" };
    private readonly Option<bool> _symlinks = new("-s", "--symlinks") { Description = "follow symbolic links" };
    private readonly Option<bool> _hardLinks = new("-H", "--hardlinks") { Description = "treat hard links to one file as duplicates" };
    private readonly Option<long?> _minSize = new("-G", "--minsize")
    {
        Description = "only files of this size or larger, such as 512K",
        CustomParser = ByteSizes.ParseArgument,
        HelpName = "SIZE",
    };
    private readonly Option<long?> _maxSize = new("-L", "--maxsize")
    {
        Description = "only files of this size or smaller",
        CustomParser = ByteSizes.ParseArgument,
        HelpName = "SIZE",
    };
    private readonly Option<bool> _noEmpty = new("-n", "--noempty") { Description = "ignore empty files (default)" };
    private readonly Option<bool> _empty = new("--empty") { Description = "treat empty files as duplicates of each other" };
    private readonly Option<bool> _noHidden = new("-A", "--nohidden") { Description = "ignore hidden files and folders" };
    private readonly Option<bool> _permissions = new("-p", "--permissions")
    {
        Description = "files that differ in owner, group or permissions aren't duplicates",
    };
    private readonly Option<string> _order = new("-o", "--order")
    {
        Description = "order of files within a group: by modification time, change time or name",
        DefaultValueFactory = _ => "time",
        HelpName = "time|ctime|name",
    };
    private readonly Option<bool> _reverse = new("-i", "--reverse") { Description = "reverse the order" };
    private readonly Option<bool> _fdupes = new("--fdupes") { Description = "print the way fdupes does; -f, -1, -S, -t and -m imply it" };
    private readonly Option<bool> _omitFirst = new("-f", "--omitfirst") { Description = "omit the first file of each group" };
    private readonly Option<bool> _sameLine = new("-1", "--sameline") { Description = "print each group on one line" };
    private readonly Option<bool> _showSize = new("-S", "--size") { Description = "show file sizes" };
    private readonly Option<bool> _showTime = new("-t", "--time") { Description = "show modification times" };
    private readonly Option<bool> _summarize = new("-m", "--summarize") { Description = "print only the totals" };
    private readonly Option<bool> _cache = new("--cache")
    {
        Description = "cache hashes, so that the next run reads only what changed; --near has an index of its own",
    };
    private readonly Option<int?> _threads = new("-j", "--jobs") { Description = "threads (default: one per core)", HelpName = "N" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        command.Under(
            "Search", _recurse, _noRecurse, _minSize, _maxSize, _symlinks, _hardLinks, _noEmpty, _empty, _noHidden, _permissions, _fromFile,
                _endedByNul, _cache, _threads);
        command.Under("Listing", _order, _reverse, _fdupes, _omitFirst, _sameLine, _showSize, _showTime, _summarize);
    }

    /// <summary>Which files to compare.</summary>
    /// <exception cref="UsageException">Options that make no sense, or contradict each other.</exception>
    public ExactOptions Read(ParseResult parsed)
    {
        var list = parsed.GetValue(_fromFile);
        RawPath[] paths = [.. PathList.OfArguments(parsed.GetValue(_paths) ?? []), .. list is null ? []
            : PathList.Read(list, parsed.GetValue(_endedByNul))];
        if (paths.Length == 0 && list is null)
            throw new UsageException("Name at least one folder, such as: smirk dupes Pictures/");
        if (parsed.GetValue(_endedByNul) && list is null)
            throw new UsageException("-0 needs --from-file LIST: it says how the paths in LIST end.");
        Refuse(parsed, _recurse, _noRecurse);
        Refuse(parsed, _empty, _noEmpty);
        var threads = parsed.GetValue(_threads);
        if (threads is < 1 or > 1024)
            throw new UsageException($"-j {threads} is out of range; expected 1 to 1024.");
        return new ExactOptions
        {
            Paths = paths,
            MissingIsRefused = list is not null,
            Recurse = !parsed.GetValue(_noRecurse),
            FollowLinks = parsed.GetValue(_symlinks),
            SkipHidden = parsed.GetValue(_noHidden),
            HardLinksAreDuplicates = parsed.GetValue(_hardLinks),
            MinSize = parsed.GetValue(_minSize) ?? 0,
            MaxSize = parsed.GetValue(_maxSize) ?? long.MaxValue,
            IncludeEmpty = parsed.GetValue(_empty),
            SamePermissions = parsed.GetValue(_permissions),
            Order = parsed.GetValue(_order) switch
            {
                "time" => FileOrder.Modified,
                "ctime" => FileOrder.Changed,
                "name" => FileOrder.Name,
                var other => throw new UsageException($"-o {other}: expected time, ctime or name."),
            },
            Reverse = parsed.GetValue(_reverse),
            MemoryPath = parsed.GetValue(_cache) ? Path.Combine(UserFolders.Cache(), "dupes.cache") : null,
            Threads = threads ?? 0,
        };
    }

    /// <summary>Whether the list of paths comes through stdin, so that no answer can.</summary>
    public bool ReadsStdin(ParseResult parsed) => parsed.GetValue(_fromFile) == "-";

    /// <summary>How to print as fdupes does; null when that wasn't asked for.</summary>
    public FdupesOutput? ReadFdupes(ParseResult parsed)
    {
        var output = new FdupesOutput(parsed.GetValue(_omitFirst), parsed.GetValue(_sameLine), parsed.GetValue(_showSize),
            parsed.GetValue(_showTime), parsed.GetValue(_summarize));
        return parsed.GetValue(_fdupes) || output != new FdupesOutput(false, false, false, false, false) ? output : null;
    }

    private static void Refuse(ParseResult parsed, Option<bool> one, Option<bool> other)
    {
        if (parsed.GetValue(one) && parsed.GetValue(other))
            throw new UsageException($"{one.Name} and {other.Name} exclude each other; give one of them.");
    }
}
