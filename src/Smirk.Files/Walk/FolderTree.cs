using Smirk.Files.Posix;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Walk;

/// <summary>All folders below given ones, by identity: what is in one of them is recognised by whatever path, link or bind mount it is
/// reached.</summary>
public static unsafe class FolderTree
{
    /// <summary>The folders and everything below them. Links aren't followed.</summary>
    /// <exception cref="UsageException">One doesn't exist, isn't a folder or can't be read: it could not be protected.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static FolderSet Collect(IReadOnlyList<RawPath> roots, CancellationToken cancel = default)
    {
        var found = new FolderSet();
        if (roots.Count == 0)
            return found;
        foreach (var root in roots)
        {
            if (StatusOf(root, out var status) is var error && (error != 0 || !status.IsFolder))
                throw Unprotected(root, Errno.Text(error == 0 ? Errno.NotADirectory : -error));
        }

        var refused = new RefusalList();
        using var table = new FoundFiles();
        FileWalk.Run(new WalkOptions { Paths = roots, NamesOnly = true }, table, refused, found, new Workers(1, null, cancel));
        return refused.Sorted() is [var first, ..] ? throw Unprotected(first.Path, first.Reason) : found;
    }

    /// <summary>Which folder the path names, links followed; null where there is none.</summary>
    public static FolderIdentity? IdentityOf(RawPath path) => StatusOf(path, out var status) == 0 && status.IsFolder ? status.Folder : null;

    private static UsageException Unprotected(RawPath path, string why) =>
        new($"Can't protect {path}: {why}. Name a folder that can be read.");

    private static int StatusOf(RawPath path, out FileStat status)
    {
        fixed (byte* start = path.Terminated)
            return FileCalls.StatusAt(AtFlags.CurrentFolder, start, 0, out status);
    }
}
