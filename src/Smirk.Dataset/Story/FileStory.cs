using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Story;

/// <summary>All that a workspace knows of one file.</summary>
/// <param name="Path">Its whole path, or archive!member.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="File">Its row.</param>
/// <param name="Picture">The picture it holds; null when it was refused.</param>
/// <param name="Blob">Where the stripped picture lies; null when it was refused.</param>
/// <param name="Decisions">What was decided about the file and its picture.</param>
/// <param name="Twins">Other files that hold the same picture.</param>
/// <param name="Rows">Where it is in the training sets.</param>
public sealed record FileStory(
    string Path, Source Source, SourceFile File, StoredPicture? Picture, string? Blob, IReadOnlyList<ToldDecision> Decisions,
        IReadOnlyList<string> Twins, IReadOnlyList<PackedRow> Rows)
{
    /// <summary>Whether it goes on: no stage dropped it, or a person overruled that.</summary>
    public bool IsKept { get; init; }

    /// <summary>Where on the web it was collected from; empty for what was imported.</summary>
    public IReadOnlyList<CollectedStory> Collected { get; init; } = [];
}

/// <summary>One decision, as it is told.</summary>
/// <param name="Stage">Who decided: exact, near or crop.</param>
/// <param name="Verdict">keep, drop, alternate.</param>
/// <param name="Kind">What was found, as a code.</param>
/// <param name="Reasons">Why, as codes and values.</param>
/// <param name="Reason">The same as a sentence.</param>
/// <param name="By">smirk or person.</param>
public sealed record ToldDecision(string Stage, string Verdict, string Kind, Reasons Reasons, string Reason, string By);

/// <summary>A row of a training set.</summary>
/// <param name="Pack">The pack's folder name, its size in pixels.</param>
/// <param name="Row">The row.</param>
/// <param name="Small">Whether it was enlarged.</param>
/// <param name="Runs">Runs that trained on that pack as it is now.</param>
public sealed record PackedRow(string Pack, int Row, bool Small, IReadOnlyList<string> Runs);
