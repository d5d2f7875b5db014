using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>Finds out which files of a source a scan no longer came upon.</summary>
/// <param name="known">What was known of the source before.</param>
internal sealed class LeftFiles(IEnumerable<SourceFile> known)
{
    private readonly Dictionary<string, SourceFile> _left =
        known.Where(f => f is { Status: FileStatus.Used, PictureId: not null }).ToDictionary(f => f.Path);
    private readonly List<string> _closed = [];

    /// <summary>Takes note of what the scan came upon.</summary>
    public void See(Found found)
    {
        _left.Remove(found.Path);

        // A folder that can't be opened, or an archive that is damaged now: what is in it wasn't looked for.
        if (found is FoundUnfit)
            _closed.Add(found.Path);
    }

    /// <summary>Those that are gone, in the order they were first seen. To be asked at the end of the scan.</summary>
    /// <param name="leftOut">Folders that weren't looked into, as paths inside the source.</param>
    public IEnumerable<SourceFile> Gone(IEnumerable<string> leftOut)
    {
        var closed = _closed.Concat(leftOut).ToHashSet(StringComparer.Ordinal);
        return _left.Values.Where(f => !Above(f.Path).Any(closed.Contains)).OrderBy(f => f.Id);
    }

    // All that a path can lie in: folders, and archives with a '!' after them.
    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.IndexOfAny(['/', '!']); at >= 0; at = path.IndexOfAny(['/', '!'], at + 1))
            yield return path[..at];
    }
}
