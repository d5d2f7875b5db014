using Smirk.Files.Walk;

namespace Smirk.Files.Exact;

/// <summary>Files that show the same, the one to keep and why.</summary>
/// <param name="Kind">How the members are duplicates: "exact" for equal bytes.</param>
/// <param name="Keeper">The file to keep.</param>
/// <param name="Reasons">Why that one, in words for a person; at least one.</param>
/// <param name="Members">The others, at least one.</param>
public sealed record DuplicateGroup(string Kind, FoundFile Keeper, IReadOnlyList<string> Reasons, IReadOnlyList<DuplicateMember> Members)
{
    /// <summary>The keeper and then the members.</summary>
    public IEnumerable<FoundFile> Files => Members.Select(m => m.File).Prepend(Keeper);
}

/// <summary>A file that a group's keeper makes superfluous.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">How it relates to the keeper: <see cref="Exact"/>, or a kind of edit.</param>
/// <param name="Similarity">0–1; 1 for equal bytes.</param>
public sealed record DuplicateMember(FoundFile File, string Kind, double Similarity)
{
    /// <summary>The kind of members whose bytes, or at least whose pixels, are the keeper's.</summary>
    public const string Exact = "exact";

    /// <summary>Whether the bytes are the keeper's; they are compared again before anything is done.</summary>
    public bool SameBytes { get; init; } = Kind == Exact;

    /// <summary>Set where the member is to stay whatever is done to the others, with the reason.</summary>
    public string? StaysBecause { get; init; }
}
