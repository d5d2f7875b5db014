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

    /// <summary>Another rendition of a kept one: related to it, but no copy of it.</summary>
    Alternate,
}

/// <summary>One decision of a stage or of a person.</summary>
public sealed record Decision
{
    /// <summary>Who decides when nobody else does.</summary>
    public const string Smirk = "smirk";

    /// <summary>Whose decisions stand above those of the stages.</summary>
    public const string Person = "person";

    /// <summary>File or picture.</summary>
    public required DecisionSubject Subject { get; init; }

    /// <summary>Its row.</summary>
    public required long SubjectId { get; init; }

    /// <summary>exact, near or crop.</summary>
    public required string Stage { get; init; }

    /// <summary>What was decided.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was found, as a code: "metadata", "caption", "blurry". Decisions are counted by it.</summary>
    public required string Kind { get; init; }

    /// <summary>Why, beyond <see cref="Kind"/>, as codes and values.</summary>
    public Reasons Reasons { get; init; } = Reasons.None;

    /// <summary>The row, of the same kind as the subject, that stays in its place; null when there is none.</summary>
    public long? KeeperId { get; init; }

    /// <summary>How sure, in the stage's own measure; null when that says nothing.</summary>
    public double? Score { get; init; }

    /// <summary><see cref="Smirk"/> or <see cref="Person"/>.</summary>
    public string By { get; init; } = Smirk;
}

/// <summary>One entry of the log.</summary>
/// <param name="Batch">Entries that were made together have the same number; later ones have higher numbers.</param>
/// <param name="At">When it was made.</param>
/// <param name="Before">What counted until then; null when nothing was decided.</param>
/// <param name="After">What counts since then; null when the earlier decision was taken back.</param>
public sealed record DecisionChange(long Batch, DateTimeOffset At, Decision? Before, Decision? After);
