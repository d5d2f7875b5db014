using Smirk.Files.Posix;

namespace Smirk.Files.Exact.Keep;

/// <summary>Which file of a group is kept.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Pattern">For <see cref="KeepKind.Pattern"/>: the pattern that paths are matched with.</param>
public sealed record KeepRule(KeepKind Kind, string? Pattern = null)
{
    /// <summary>The first in the order that was asked for.</summary>
    public static KeepRule First { get; } = new(KeepKind.First);

    /// <summary>Reads what --keep takes: the name of a rule, anything else is a pattern.</summary>
    public static KeepRule Parse(string text) => text switch
    {
        "first" => First,
        "oldest" => new(KeepKind.Oldest),
        "newest" => new(KeepKind.Newest),
        "shortest-path" => new(KeepKind.ShortestPath),
        _ => new(KeepKind.Pattern, text),
    };

    /// <summary>Whether the pattern matches the path.</summary>
    public bool Matches(RawPath path) => Pattern is not null && PathPattern.Matches(Pattern, path.Bytes);
}

/// <summary>The rules for keeping.</summary>
public enum KeepKind
{
    /// <summary>The first in the order that was asked for.</summary>
    First,

    /// <summary>The one whose content was changed longest ago.</summary>
    Oldest,

    /// <summary>The one whose content was changed last.</summary>
    Newest,

    /// <summary>The one with the fewest bytes in its path.</summary>
    ShortestPath,

    /// <summary>Every one that matches a pattern; in a group where none does, all.</summary>
    Pattern,
}
