using System.CommandLine;
using Smirk.Cli.Help;
using Smirk.Dataset.Near;
using Smirk.Dataset.Near.Decisions;
using Smirk.Dataset.Near.Index;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Arguments;

/// <summary>What `dupes --near` was asked for.</summary>
/// <param name="Options">How to search.</param>
/// <param name="Report">Folder of the page to write; null for none.</param>
/// <param name="Decisions">The file of decisions, as the person named it; null for none.</param>
internal sealed record NearSearch(NearOptions Options, string? Report, string? Decisions);

/// <summary>The options of `dupes` about near duplicates.</summary>
internal sealed class NearSearchArguments
{
    private readonly Option<bool> _near = new("--near")
    {
        Description =
            "find near duplicates too: other sizes, crops, captions, photos of a screen; they can only be moved, with --quarantine",
    };
    private readonly Option<bool> _careful = new("--careful") { Description = "with --near: only clear cases" };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "with --near: write an HTML page of all groups, most doubtful first",
        HelpName = "DIR",
    };
    private readonly Option<string?> _decisions = new("--decisions")
    {
        Description = "with --near: heed what you decided with smirk decide --decisions FILE",
        HelpName = "FILE",
    };
    private readonly Option<string?> _index = new("--index")
    {
        Description = "with --near: the file that remembers pictures and pairs, so that the next run decodes and compares only what is new "
            + "[default: ~/.cache/smirk/near.index]",
        HelpName = "FILE",
    };
    private readonly Option<bool> _noIndex = new("--no-index")
    {
        Description = "with --near: remember nothing, and use nothing remembered",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Under("Near duplicates", _near, _careful, _report, _decisions, _index, _noIndex);

    /// <summary>What was asked for; null where near duplicates weren't.</summary>
    /// <exception cref="UsageException">Options that need --near are given without it, or contradict each other.</exception>
    public NearSearch? Read(ParseResult parsed)
    {
        Option[] needing = [_careful, _report, _decisions, _index, _noIndex];
        if (!parsed.GetValue(_near))
        {
            return needing.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is not { } alone ? null
                : throw new UsageException($"{alone.Name} needs --near.");
        }

        if (parsed.GetValue(_noIndex) && parsed.GetValue(_index) is not null)
            throw new UsageException("--index and --no-index exclude each other; give one of them.");
        var decisions = parsed.GetValue(_decisions);
        return new NearSearch(
            new NearOptions
            {
                Care = parsed.GetValue(_careful) ? NearCare.Careful : NearCare.Normal,
                Index = parsed.GetValue(_noIndex) ? null
                    : parsed.GetValue(_index) is { } file ? new NearIndexPlace(file, IsOurs: false)
                    : new NearIndexPlace(Path.Combine(UserFolders.Cache(), "near.index"), IsOurs: true),
                Decisions = decisions is null ? NearDecisions.None : NearDecisions.Read(decisions),
            },
            parsed.GetValue(_report), decisions);
    }
}
