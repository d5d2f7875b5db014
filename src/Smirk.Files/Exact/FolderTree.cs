using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Exact;

/// <summary>All folders below given ones, by identity: what is in one of them is recognised by whatever path, link or bind mount it is reached.</summary>
internal static unsafe class FolderTree
{
    private const int ListBytes = 64 * 1024;

    /// <summary>The folders and everything below them. Links aren't followed.</summary>
    /// <exception cref="UsageException">One doesn't exist, isn't a folder or can't be read: it could not be protected.</exception>
    public static FolderSet Collect(IReadOnlyList<RawPath> roots)
    {
        var found = new FolderSet();
        var pending = new Stack<RawPath>(roots);
        while (pending.TryPop(out var path))
        {
            var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NonBlocking | OpenFlags.CloseOnExec;
            var descriptor = FileCalls.Open(path.Terminated, roots.Contains(path) ? flags : flags | OpenFlags.NoFollow);
            if (descriptor < 0)
                throw new UsageException($"Can't protect {path}: {Errno.Text(-descriptor)}. Name a folder that can be read.");
            if (FileCalls.Status(descriptor, out var status) == 0 && found.Add(new FolderIdentity(status.Identity.Device, status.Identity.Inode)))
                AddBelow(descriptor, path, pending);
            _ = NativeMethods.Close(descriptor);
        }

        return found;
    }

    /// <summary>Which folder the path names, links followed; null where there is none.</summary>
    public static FolderIdentity? IdentityOf(RawPath path)
    {
        fixed (byte* start = path.Terminated)
        {
            return FileCalls.StatusAt(AtFlags.CurrentFolder, start, 0, out var status) == 0 && status.IsFolder
                ? new FolderIdentity(status.Identity.Device, status.Identity.Inode)
                : null;
        }
    }

    private static void AddBelow(int descriptor, RawPath path, Stack<RawPath> pending)
    {
        fixed (byte* entries = new byte[ListBytes])
        {
            while (FileCalls.List(descriptor, entries, ListBytes) is > 0 and var length)
            {
                var walk = new FolderEntries(entries, length);
                while (walk.MoveNext())
                {
                    if (walk.Kind == EntryKind.Folder || (walk.Kind == EntryKind.Unknown && IsFolder(descriptor, walk.NameStart)))
                        pending.Push(path.Combine(walk.Name));
                }
            }
        }
    }

    private static bool IsFolder(int parent, byte* name) => FileCalls.StatusAt(parent, name, AtFlags.SymlinkNoFollow, out var status) == 0 && status.IsFolder;
}
