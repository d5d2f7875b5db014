using System.Globalization;
using Smirk.Files.Walk;

namespace Smirk.Files.Exact.Keep;

/// <summary>Chooses which file of a group is kept, and says why.</summary>
/// <param name="options">The rule and the order.</param>
/// <param name="isProtected">Whether a file lies in a protected folder.</param>
internal sealed class KeeperChoice(ExactOptions options, Func<FoundFile, bool> isProtected)
{
    private readonly string _firstReason = $"first by {Named(options.Order)}";

    /// <summary>The group of <paramref name="files"/>, two or more, which are in order.</summary>
    public DuplicateGroup Choose(IReadOnlyList<FoundFile> files)
    {
        // A link holds no content: what it leads to may be outside of what was looked through.
        var candidates = Only(files, f => !f.ThroughLink);
        if (candidates.Count == 0)
            return Group(files, files[0], "all are symbolic links", _ => "is a symbolic link");

        var guarded = Only(candidates, isProtected);
        var matching = options.Keep.Kind == KeepKind.Pattern ? Only(candidates, f => options.Keep.Matches(f.Path)) : [];
        var from = guarded.Count > 0 ? guarded : matching.Count > 0 ? matching : candidates;
        var (keeper, reason) = ByRule(from);
        if (guarded.Count > 0)
            reason = guarded.Count == 1 ? "in a protected folder" : $"in a protected folder; {reason}";
        return Group(files, keeper, reason, file => WhyItStays(file, matching.Count > 0));
    }

    private string? WhyItStays(FoundFile file, bool anyMatches)
    {
        if (file.ThroughLink)
            return "is a symbolic link";
        if (isProtected(file))
            return "is in a protected folder";
        if (options.Keep.Kind == KeepKind.Pattern && !anyMatches)
            return $"no file of its group matches {options.Keep.Pattern}";
        return options.Keep.Matches(file.Path) ? $"matches {options.Keep.Pattern}" : null;
    }

    private (FoundFile Keeper, string Reason) ByRule(IReadOnlyList<FoundFile> files)
    {
        switch (options.Keep.Kind)
        {
            case KeepKind.Oldest:
                var oldest = files.MinBy(f => f.Identity.Modified)!;
                return (oldest, $"oldest ({Day(oldest)})");
            case KeepKind.Newest:
                var newest = files.MaxBy(f => f.Identity.Modified)!;
                return (newest, $"newest ({Day(newest)})");
            case KeepKind.ShortestPath:
                var shortest = files.MinBy(f => f.Path.Bytes.Length)!;
                return (shortest, $"shortest path ({shortest.Path.Bytes.Length} bytes)");
            case KeepKind.Pattern when options.Keep.Matches(files[0].Path):
                return (files[0], $"matches {options.Keep.Pattern}");
            default:
                return (files[0], options.Reverse ? $"last by {Named(options.Order)}" : _firstReason);
        }
    }

    private static DuplicateGroup Group(IReadOnlyList<FoundFile> files, FoundFile keeper, string reason, Func<FoundFile, string?> stays)
    {
        var members = new DuplicateMember[files.Count - 1];
        var count = 0;
        foreach (var file in files)
        {
            if (!ReferenceEquals(file, keeper))
                members[count++] = new DuplicateMember(file, DuplicateMember.Exact, 1) { StaysBecause = stays(file) };
        }

        return new DuplicateGroup(DuplicateMember.Exact, keeper, [reason], members);
    }

    // Mostly all of them or none: then there is nothing to copy.
    private static IReadOnlyList<FoundFile> Only(IReadOnlyList<FoundFile> files, Func<FoundFile, bool> wanted)
    {
        List<FoundFile>? some = null;
        var count = 0;
        foreach (var file in files)
            count += wanted(file) ? 1 : 0;
        if (count == 0 || count == files.Count)
            return count == 0 ? [] : files;
        foreach (var file in files)
        {
            if (wanted(file))
                (some ??= []).Add(file);
        }

        return some!;
    }

    private static string Named(FileOrder order) => order switch
    {
        FileOrder.Modified => "modification time",
        FileOrder.Changed => "status change time",
        _ => "name",
    };

    private static string Day(FoundFile file) =>
        DateTimeOffset.UnixEpoch.AddTicks(file.Identity.Modified / 100).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
