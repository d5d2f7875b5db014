using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Exact;

/// <summary>One thread of a scan: lists folders and looks at what is in them.</summary>
internal sealed unsafe class ScanWorker(ScanOptions options, FileTable table, RefusalList refused, ScanQueue queue, FolderSet visited, Action<int> counted) : IDisposable
{
    // About 800 entries: large enough for few calls, small enough that a flat folder is shared between threads.
    private const int ListBytes = 32 * 1024;

    private readonly FileTableWriter _rows = new(table);
    private readonly PathBuilder _path = new();
    private byte* _buffer = (byte*)NativeMemory.Alloc(ListBytes);

    public void Work(ScanJob job)
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
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NonBlocking | OpenFlags.CloseOnExec | (job.Follow ? 0 : OpenFlags.NoFollow);
        var descriptor = FileCalls.Open(_path.Terminated, flags);
        if (descriptor < 0)
        {
            refused.AddError(_path.ToPath(), "can't open the folder", -descriptor);
            return;
        }

        // What was opened counts, not what was there when its name was listed.
        if (FileCalls.Status(descriptor, out var status) != 0 || !visited.Add(new FolderIdentity(status.Identity.Device, status.Identity.Inode)))
        {
            _ = NativeMethods.Close(descriptor);
            return;
        }

        var number = table.AddFolder(new FolderRow(job.Parent, job.Name, new FolderIdentity(status.Identity.Device, status.Identity.Inode)));
        var folder = new OpenFolder(descriptor, number);
        ListAll(folder);
        folder.Release();
    }

    private void ListAll(OpenFolder folder)
    {
        var length = FileCalls.List(folder.Descriptor, _buffer, ListBytes);
        while (length > 0)
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
            refused.AddError(table.PathOfFolder(folder.Number), "can't list all of the folder", -length);
    }

    private void Look(OpenFolder folder, byte* entries, int length)
    {
        var files = 0;
        var walk = new FolderEntries(entries, length);
        while (walk.MoveNext())
        {
            if (options.SkipHidden && walk.Name[0] == (byte)'.')
                continue;
            switch (walk.Kind)
            {
                case EntryKind.Folder:
                    AddFolder(folder, walk.Name, follow: false);
                    break;
                case EntryKind.Regular or EntryKind.Unknown:
                case EntryKind.Link when options.FollowLinks:
                    files += LookAt(folder, walk.NameStart, walk.Name) ? 1 : 0;
                    break;
            }
        }

        counted(files);
    }

    // Anything but a regular file, and a folder to come, is passed over: fifos, sockets and devices have no content to compare.
    private bool LookAt(OpenFolder folder, byte* nameStart, ReadOnlySpan<byte> name)
    {
        var error = FileCalls.StatusAt(folder.Descriptor, nameStart, AtFlags.SymlinkNoFollow, out var status);
        var isLink = error == 0 && status.IsLink;
        if (isLink)
        {
            if (!options.FollowLinks)
                return false;
            error = FileCalls.StatusAt(folder.Descriptor, nameStart, 0, out status);
        }

        if (error != 0)
        {
            refused.AddError(table.PathOfFolder(folder.Number).Combine(name), isLink ? "can't follow the link" : "can't look at it", -error);
            return false;
        }

        if (status.IsFolder)
            AddFolder(folder, name, follow: isLink);
        if (!status.IsRegular)
            return false;
        _rows.Add(folder.Number, name, status, throughLink: isLink);
        return true;
    }

    private void AddFolder(OpenFolder parent, ReadOnlySpan<byte> name, bool follow)
    {
        if (options.Recurse)
            queue.Add(new ListJob(parent.Number, new RawPath(name), follow));
    }
}
