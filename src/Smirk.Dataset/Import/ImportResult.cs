using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>A file that can't be used.</summary>
/// <param name="Path">Its path, or archive!member.</param>
/// <param name="Reason">Why.</param>
public sealed record Refusal(string Path, string Reason);

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
}
