using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Strip.Files;

/// <summary>Finds the files below the paths that the person named. A folder is visited once, however it is reached; links are never walked through.</summary>
internal sealed unsafe class SourceWalk(StripStageOptions options, FolderSet excluded, CancellationToken cancel)
{
    private const int ListBytes = 64 << 10;

    private readonly List<FoundFile> _found = [];
    private readonly List<FoundFile> _links = [];
    private readonly FolderSet _visited = new();
    private readonly HashSet<string> _named = [];
    private readonly List<RawPath> _roots = [];
    private readonly byte[] _buffer = new byte[ListBytes];

    /// <summary>Every file, by path.</summary>
    /// <exception cref="UsageException">A named path isn't there.</exception>
    public IReadOnlyList<FoundFile> Find()
    {
        var files = new List<RawPath>();
        var missing = new List<RawPath>();
        foreach (var path in options.Paths)
        {
            var error = Status(path, out var status);
            if (error == Errno.NoEntry && !options.MissingIsRefused)
                missing.Add(path);
            else if (error != 0)
                Refuse(path, new RawPath(path.Name), $"it can't be looked at: {Errno.Text(error)}");
            else if (status.IsFolder)
                WalkFrom(path);
            else
                files.Add(path);
        }

        if (missing.Count > 0)
            throw new UsageException($"There is no {string.Join(", no ", missing)}. Nothing was done; check the spelling, and put -- before names that begin with a dash.");
        foreach (var path in files)
            AddNamed(path);
        foreach (var link in _links)
            AddLink(link.Path, link.Below);
        _found.Sort((a, b) => a.Path.CompareTo(b.Path));
        return _found;
    }

    /// <summary>A folder that was found; <paramref name="Below"/> is null for one that was named.</summary>
    private sealed record FolderToList(RawPath Path, RawPath? Below);

    private bool IsNew(FolderIdentity folder) => !excluded.Contains(folder) && _visited.Add(folder);

    private void WalkFrom(RawPath root)
    {
        if (LinkTarget.Of(root) is { } real)
            _roots.Add(real);
        var waiting = new Stack<FolderToList>();
        waiting.Push(new FolderToList(root, null));
        while (waiting.TryPop(out var folder))
        {
            cancel.ThrowIfCancellationRequested();
            var descriptor = FileCalls.Open(folder.Path.Terminated, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec | (folder.Below is null ? 0 : OpenFlags.NoFollow));
            if (descriptor < 0)
            {
                Refuse(folder.Path, folder.Below ?? folder.Path, $"the folder can't be opened: {Errno.Text(-descriptor)}");
                continue;
            }

            // What was opened counts, not what was there when its name was listed.
            if (FileCalls.Status(descriptor, out var status) == 0 && IsNew(new FolderIdentity(status.Identity.Device, status.Identity.Inode)))
                List(descriptor, folder.Path, folder.Below, waiting);
            _ = NativeMethods.Close(descriptor);
        }
    }

    private void List(int descriptor, RawPath folder, RawPath? below, Stack<FolderToList> waiting)
    {
        fixed (byte* buffer = _buffer)
        {
            int length;
            while ((length = FileCalls.List(descriptor, buffer, ListBytes)) > 0)
            {
                var entries = new FolderEntries(buffer, length);
                while (entries.MoveNext())
                {
                    var path = folder.Combine(entries.Name);
                    var place = below?.Combine(entries.Name) ?? new RawPath(entries.Name);
                    var kind = entries.Kind != EntryKind.Unknown ? entries.Kind : KindOf(descriptor, entries.NameStart);
                    if (kind == EntryKind.Folder)
                        waiting.Push(new FolderToList(path, place));
                    else if (kind == EntryKind.Link)
                        _links.Add(new FoundFile(path, place));
                    else if (Replacement.IsTemporary(entries.Name))
                        Refuse(path, place, "an earlier run was stopped while it wrote this; it can be deleted");
                    else
                        _found.Add(new FoundFile(path, place));
                }
            }

            if (length < 0)
                Refuse(folder, below ?? folder, $"not all of the folder can be listed: {Errno.Text(-length)}");
        }
    }

    // A file that the person named, unless its folder was walked or it was named before.
    private void AddNamed(RawPath path)
    {
        // Through a link that was named, the file itself is meant, and is replaced where it is.
        var target = IsLink(path) && LinkTarget.Of(path) is { } real ? real : path;
        if (Status(target.Folder, out var folder) != 0)
        {
            _found.Add(new FoundFile(target, new RawPath(path.Name)));
            return;
        }

        var identity = new FolderIdentity(folder.Identity.Device, folder.Identity.Inode);
        if (!_visited.Contains(identity) && _named.Add($"{identity.Device}/{identity.Inode}/{Convert.ToHexString(target.Name)}"))
            _found.Add(new FoundFile(target, new RawPath(path.Name)));
    }

    // What a link below a folder leads to is either found itself, or none of ours.
    private void AddLink(RawPath path, RawPath below)
    {
        var target = LinkTarget.Of(path);
        if (target is null)
            Refuse(path, below, "a symbolic link that leads nowhere");
        else if (!_roots.Exists(root => LinkTarget.IsWithin(target, root)))
            Refuse(path, below, $"a symbolic link out of what was named, to {target}; it isn't followed");
    }

    private void Refuse(RawPath path, RawPath below, string reason) => _found.Add(new FoundFile(path, below, reason));

    private static EntryKind KindOf(int folder, byte* name)
    {
        _ = FileCalls.StatusAt(folder, name, AtFlags.SymlinkNoFollow, out var status);
        return status.IsFolder ? EntryKind.Folder : status.IsLink ? EntryKind.Link : EntryKind.Regular;
    }

    private static bool IsLink(RawPath path)
    {
        fixed (byte* start = path.Terminated)
            return FileCalls.StatusAt(AtFlags.CurrentFolder, start, AtFlags.SymlinkNoFollow, out var status) == 0 && status.IsLink;
    }

    private static int Status(RawPath path, out FileStatus status)
    {
        fixed (byte* start = path.Terminated)
            return -FileCalls.StatusAt(AtFlags.CurrentFolder, start, 0, out status);
    }
}
