using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Strip.Files;

/// <summary>Finds the files below the paths that the person named. A folder is visited once, however it is reached; links found below are
/// never followed.</summary>
internal sealed class SourceWalk(
    StripStageOptions options, FolderSet excluded, IProgress<StageProgress>? progress, CancellationToken cancel)
{
    private const string LeftOver = "is left over from a run that was stopped while writing it; it can be deleted";

    private readonly List<StripSource> _found = [];
    private readonly FolderSet _visited = excluded.Copy();
    private readonly HashSet<(FolderIdentity Folder, RawPath Name)> _named = [];

    /// <summary>Every file, by path.</summary>
    /// <exception cref="UsageException">A named path isn't there.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<StripSource> Find()
    {
        var refused = new RefusalList();
        var named = NamedPaths.Sort(options.Paths, options.MissingIsRefused, refused);
        if (named.Folders.Count > 0)
            Walk(named.Folders, refused);
        foreach (var (path, _) in named.Others)
            AddNamed(path);
        foreach (var path in refused.Sorted())
            _found.Add(new StripSource(path.Path, path.Path, path.Reason));
        _found.Sort((a, b) => a.Path.CompareTo(b.Path));
        return _found;
    }

    // On one thread, so that what two of the folders lead to is always found below the first.
    private void Walk(IReadOnlyList<RawPath> folders, RefusalList refused)
    {
        using var table = new FoundFiles();
        FileWalk.Run(new WalkOptions { Paths = folders, NamesOnly = true }, table, refused, _visited, new Workers(1, progress, cancel));
        List<RawPath> roots = [.. folders.Select(LinkTarget.Of).OfType<RawPath>()];
        var path = new PathBuilder();
        for (var row = 0; row < table.RowLimit; row++)
        {
            if (table.IsUsed(row))
                Add(table.ToFile(row, path), roots);
        }
    }

    private void Add(FoundFile file, List<RawPath> roots)
    {
        if (!file.ThroughLink)
            _found.Add(new StripSource(file.Path, file.Below, Replacement.IsTemporary(file.Path.Name) ? LeftOver : null));
        else if (LinkTarget.Of(file.Path) is not { } target)
            _found.Add(new StripSource(file.Path, file.Below, "is a symbolic link that leads nowhere"));
        else if (!roots.Exists(root => LinkTarget.IsWithin(target, root)))
            _found.Add(new StripSource(file.Path, file.Below, $"is a symbolic link to {target}, out of what was named; it isn't followed"));
    }

    // A file that the person named, unless its folder was walked or it was named before.
    private void AddNamed(RawPath path)
    {
        // Through a link that was named, the file itself is meant, and is replaced where it is.
        var target = NamedPaths.IsLink(path) && LinkTarget.Of(path) is { } real ? real : path;
        if (FolderTree.IdentityOf(target.Folder) is not { } folder)
            _found.Add(new StripSource(target, new RawPath(path.Name)));
        else if ((!_visited.Contains(folder) || excluded.Contains(folder)) && _named.Add((folder, new RawPath(target.Name))))
            _found.Add(new StripSource(target, new RawPath(path.Name)));
    }
}
