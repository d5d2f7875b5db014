using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near;

/// <summary>What was found. Numbers are places in the inputs.</summary>
public sealed record NearFindings
{
    /// <summary>Groups of duplicates, most doubtful first.</summary>
    public IReadOnlyList<NearGroup> Groups { get; init; } = [];

    /// <summary>Pictures of one template with other content. Never dropped by themselves; most doubtful first.</summary>
    public IReadOnlyList<NearGroup> Alternates { get; init; } = [];

    /// <summary>Inputs that can't be decoded, with the reason.</summary>
    public IReadOnlyDictionary<int, string> Refused { get; init; } = new Dictionary<int, string>();

    /// <summary>Inputs with too little in them to be known again (one colour, a few pixels): equal to nothing but the same
    /// pixels.</summary>
    public IReadOnlyList<int> WithoutFeatures { get; init; } = [];
}

/// <summary>One picture that stays, and what is the same as it.</summary>
/// <param name="Keeper">The most original copy.</param>
/// <param name="Reasons">Why that one, strongest first; <see cref="NearWords"/> words them.</param>
/// <param name="Members">The others, each matched with the keeper itself.</param>
public sealed record NearGroup(int Keeper, Reasons Reasons, IReadOnlyList<NearMember> Members)
{
    /// <summary>The doubt about its most doubtful member, 0–1.</summary>
    public double Doubt => Members.Count == 0 ? 0 : Members.Max(m => m.Doubt);
}

/// <summary>One copy of a keeper.</summary>
/// <param name="Index">Which input.</param>
/// <param name="Kind">What was done to the keeper to get it.</param>
/// <param name="Similarity">0–1; 1 for the same pixels.</param>
/// <param name="Match">How it lies on the keeper; null for the same pixels, and for what an earlier run found.</param>
public sealed record NearMember(int Index, NearKind Kind, double Similarity, PairMatch? Match)
{
    /// <summary>0–1. Of what an earlier run found only the similarity is kept, which tells nearly as much.</summary>
    public double Doubt => Match?.Doubt ?? 1 - Similarity;
}
