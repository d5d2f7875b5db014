using System.Runtime.InteropServices;
using System.Text;
using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>One thread of a walk: lists folders and looks at what is in them.</summary>
internal sealed unsafe class WalkWorker(
    WalkOptions options, FoundFiles table, RefusalList refused, WalkQueue queue, FolderSet visited, FolderSet named, FolderSet leftOut,
    Action<int> counted, CancellationToken cancel) : IDisposable
{
    // About 800 entries: large enough for few calls, small enough that a flat folder is shared between threads.
    private const int ListBytes = 32 * 1024;

    private readonly FoundFilesWriter _rows = new(table);
    private readonly PathBuilder _path = new();
    private readonly RawPath[] _skipped = [.. options.SkippedNames];
    private readonly Lazy<List<RawPath>> _roots = new(() => [.. options.Paths.Select(LinkTarget.Of).OfType<RawPath>()]);
    private byte* _buffer = (byte*)NativeMemory.Alloc(ListBytes);

    public void Work(WalkJob job)
    {
        switch (job)
        {
            case ListJob list:
                List(list);
                break;
            case LookJob look:
                Look(look.Folder, look.Entries, look.Length);
                look.Folder.Release();
                NativeMemory.Free(look.Entries);
                break;
        }
    }

    public void Dispose() => NativeMemory.Free(_buffer);

    private void List(ListJob job)
    {
        _path.Set(table, job.Parent, job.Name.Bytes);
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NonBlocking | OpenFlags.CloseOnExec | (job.Follow ? 0
            : OpenFlags.NoFollow);
        var descriptor = FileCalls.Open(_path.Terminated, flags);
        if (descriptor < 0)
        {
            refused.AddError(_path.ToPath(), RefusalCause.Folder, "can't be opened", -descriptor);
            return;
        }

        // What was opened counts, not what was there when its name was listed.
        if (FileCalls.Status(descriptor, out var status) != 0 || IsLeftOut(descriptor, status.Folder) || !visited.Add(status.Folder))
        {
            _ = NativeMethods.Close(descriptor);
            return;
        }

        var number = table.AddFolder(new FolderRow(job.Parent, job.Name, status.Folder));
        var folder = new OpenFolder(descriptor, number);
        ListAll(folder);
        folder.Release();
    }

    // Refused where it is met first. It may still be visited under a name that the person gave.
    private bool IsLeftOut(int descriptor, FolderIdentity folder)
    {
        if (!options.LeavesOwnFoldersOut || named.Contains(folder) || OwnFolders.WhyLeftOut(descriptor) is not { } why)
            return false;
        if (leftOut.Add(folder))
            refused.Add(_path.ToPath(), RefusalCause.OwnFolder, why);
        return true;
    }

    private void ListAll(OpenFolder folder)
    {
        var length = FileCalls.List(folder.Descriptor, _buffer, ListBytes);
        while (length > 0 && !cancel.IsCancellationRequested)
        {
            // Another thread gets this part when there is a further one to go on with.
            if (length > ListBytes / 2 && !queue.HasEnough)
            {
                var next = (byte*)NativeMemory.Alloc(ListBytes);
                var nextLength = FileCalls.List(folder.Descriptor, next, ListBytes);
                if (nextLength > 0)
                {
                    queue.Add(new LookJob(folder.Share(), _buffer, length));
                    _buffer = next;
                    length = nextLength;
                    continue;
                }

                NativeMemory.Free(next);
            }

            Look(folder, _buffer, length);
            length = FileCalls.List(folder.Descriptor, _buffer, ListBytes);
        }

        if (length < 0)
            refused.AddError(table.PathOfFolder(folder.Number), RefusalCause.Folder, "can't be listed completely", -length);
    }

    private void Look(OpenFolder folder, byte* entries, int length)
    {
        var files = 0;
        var walk = new FolderEntries(entries, length);
        while (walk.MoveNext())
        {
            if ((options.SkipHidden && walk.Name[0] == (byte)'.') || IsSkipped(walk.Name))
                continue;
            if (walk.Kind == EntryKind.Folder)
                AddFolder(folder, walk.Name, follow: false);
            else if (options.NamesOnly)
                files += TakeName(folder, walk) ? 1 : 0;
            else if (walk.Kind is EntryKind.Regular or EntryKind.Unknown || (walk.Kind == EntryKind.Link && options.Links != LinkRule.Skip))
                files += LookAt(folder, walk.NameStart, walk.Name) ? 1 : 0;
            else if (walk.Kind != EntryKind.Link)
                RefuseOther(folder, walk.Name);
        }

        counted(files);
    }

    private bool TakeName(OpenFolder folder, in FolderEntries entry)
    {
        var isLink = entry.Kind == EntryKind.Link;
        if (entry.Kind == EntryKind.Unknown
            && FileCalls.StatusAt(folder.Descriptor, entry.NameStart, AtFlags.SymlinkNoFollow, out var status) == 0)
        {
            isLink = status.IsLink;
            if (status.IsFolder)
            {
                AddFolder(folder, entry.Name, follow: false);
                return false;
            }
        }

        _rows.Add(folder.Number, entry.Name, default, isLink);
        return true;
    }

    // Fifos, sockets and devices have no content to read; a folder comes up when it is listed.
    private bool LookAt(OpenFolder folder, byte* nameStart, ReadOnlySpan<byte> name)
    {
        var error = FileCalls.StatusAt(folder.Descriptor, nameStart, AtFlags.SymlinkNoFollow, out var status);
        var isLink = error == 0 && status.IsLink;
        if (isLink)
        {
            if (options.Links == LinkRule.Skip)
                return false;
            error = FileCalls.StatusAt(folder.Descriptor, nameStart, 0, out status);
        }

        if (error != 0)
        {
            var path = table.PathOfFolder(folder.Number).Combine(name);
            if (isLink)
                refused.AddError(path, RefusalCause.Link, "is a symbolic link that can't be followed", -error);
            else
                refused.AddError(path, RefusalCause.File, "can't be accessed", -error);
            return false;
        }

        if (status.IsFolder && (!isLink || options.Links == LinkRule.Follow))
            AddFolder(folder, name, follow: isLink);
        else if (!status.IsRegular && !status.IsFolder)
            RefuseOther(folder, name);
        if (!status.IsRegular || (isLink && LeadsOut(folder, name)))
            return false;
        _rows.Add(folder.Number, name, status, throughLink: isLink);
        return true;
    }

    private bool LeadsOut(OpenFolder folder, ReadOnlySpan<byte> name)
    {
        if (options.Links != LinkRule.FollowFilesInside)
            return false;
        var path = table.PathOfFolder(folder.Number).Combine(name);
        if (LinkTarget.Of(path) is not { } target || _roots.Value.Exists(root => LinkTarget.IsWithin(target, root)))
            return false;
        refused.Add(path, RefusalCause.LinkOut, $"is a symbolic link to {target}");
        return true;
    }

    private void RefuseOther(OpenFolder folder, ReadOnlySpan<byte> name)
    {
        if (options.OthersAreRefused)
            refused.Add(table.PathOfFolder(folder.Number).Combine(name), RefusalCause.NotAFile, "is neither a folder nor a regular file");
    }

    private bool IsSkipped(ReadOnlySpan<byte> name)
    {
        if (OwnFolders.IsMark(name))
            return true;
        foreach (var skipped in _skipped)
        {
            if (Ascii.EqualsIgnoreCase(name, skipped.Bytes))
                return true;
        }

        return false;
    }

    private void AddFolder(OpenFolder parent, ReadOnlySpan<byte> name, bool follow)
    {
        if (options.Recurse)
            queue.Add(new ListJob(parent.Number, new RawPath(name), follow));
    }
}
