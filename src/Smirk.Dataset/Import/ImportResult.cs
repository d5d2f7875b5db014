using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>A file that can't be used.</summary>
/// <param name="Path">Its path, or archive!member.</param>
/// <param name="Reason">Why.</param>
public sealed record Refusal(string Path, string Reason);

/// <summary>A file that is no longer in its source.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Path">Where it was, or archive!member.</param>
public sealed record GoneFile(long Id, string Path);

/// <summary>What an import found.</summary>
/// <param name="Counts">Files in, files that hold a usable picture out, and why the others don't.</param>
/// <param name="New">Files that were read this time.</param>
/// <param name="Unchanged">Files known from before, by path, size and time of change, and not read again.</param>
/// <param name="Refused">Every file of the sources that can't be used, known from before or not, but for <see cref="OtherFiles"/>.</param>
public sealed record ImportResult(StageCounts Counts, long New, long Unchanged, IReadOnlyList<Refusal> Refused)
{
    /// <summary>Files that nobody takes for pictures, such as texts, videos and sidecars: how many of each kind. Nothing is wrong with
    /// them.</summary>
    public IReadOnlyDictionary<string, long> OtherFiles { get; init; } = new Dictionary<string, long>();

    /// <summary>Usable pictures among <see cref="New"/>.</summary>
    public long NewPictures { get; init; }

    /// <summary>Pictures that decode, but perhaps not to what they were, of this import and earlier ones.</summary>
    public int Doubtful { get; init; }

    /// <summary>Files that were imported before and are no longer in their source. Their pictures stay until they are pruned.</summary>
    public IReadOnlyList<GoneFile> Gone { get; init; } = [];

    /// <summary>Pictures that no file of any source holds any more: those of <see cref="Gone"/> that have no other copy.</summary>
    public int GonePictures { get; init; }
}
