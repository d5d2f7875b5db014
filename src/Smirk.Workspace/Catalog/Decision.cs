namespace Smirk.Workspace.Catalog;

/// <summary>What a decision is about.</summary>
public enum DecisionSubject
{
    /// <summary>A row of files.</summary>
    File,

    /// <summary>A row of pictures.</summary>
    Picture,
}

/// <summary>What was decided.</summary>
public enum Verdict
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It goes no further; nothing is deleted.</summary>
    Drop,

    /// <summary>Another rendition of a kept one: not by itself in the training set, but related to it.</summary>
    Alternate,
}

/// <summary>One decision of a stage, or of a person, with its reason.</summary>
public sealed record Decision
{
    /// <summary>File or picture.</summary>
    public required DecisionSubject Subject { get; init; }

    /// <summary>Its row.</summary>
    public required long SubjectId { get; init; }

    /// <summary>exact, near, crop, person …</summary>
    public required string Stage { get; init; }

    /// <summary>What was decided.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>A short word for the counts: "exact", "metadata", "near".</summary>
    public required string Kind { get; init; }

    /// <summary>For the person, one sentence without its full stop.</summary>
    public required string Reason { get; init; }

    /// <summary>The row, of the same kind as the subject, that stays in its place; null when there is none.</summary>
    public long? KeeperId { get; init; }

    /// <summary>How sure, in the stage's own measure; null when that says nothing.</summary>
    public double? Score { get; init; }

    /// <summary>"smirk", or "person" for one that somebody made by hand: that one outweighs.</summary>
    public string By { get; init; } = "smirk";
}
