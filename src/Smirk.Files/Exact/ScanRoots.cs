using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Exact;

/// <summary>Where a scan begins: the folders and files that the person named.</summary>
internal sealed unsafe class ScanRoots(ScanOptions options, FileTable table, RefusalList refused, ScanQueue queue)
{
    private readonly FileTableWriter _rows = new(table);
    private readonly Dictionary<string, int> _foldersOfFiles = [];

    /// <summary>Puts folders into the queue and files into the table; returns the number of files.</summary>
    /// <exception cref="UsageException">A path isn't there, and that isn't to be expected.</exception>
    public int Add()
    {
        var files = 0;
        var missing = new List<RawPath>();
        foreach (var path in options.Paths)
        {
            var error = Status(path, 0, out var status);
            if (error == Errno.NoEntry && !options.MissingIsRefused)
                missing.Add(path);
            else if (error != 0)
                refused.AddError(path, "can't look at it", error);
            else if (status.IsFolder)
                queue.Add(new ListJob(-1, path, follow: true));
            else if (status.IsRegular)
                files += AddFile(path, status) ? 1 : 0;
            else
                refused.Add(path, "is neither a folder nor a regular file");
        }

        if (missing.Count > 0)
            throw new UsageException($"There is no {string.Join(", no ", missing)}. Nothing was done; check the spelling, and put -- before names that begin with a dash.");
        return files;
    }

    private bool AddFile(RawPath path, in FileStatus followed)
    {
        var status = followed;
        var isLink = Status(path, AtFlags.SymlinkNoFollow, out var itself) == 0 && itself.IsLink;
        if (isLink && !options.FollowLinks)
        {
            refused.Add(path, "is a symbolic link; -s follows links");
            return false;
        }

        _rows.Add(FolderOf(path), path.Name, status, isLink);
        return true;
    }

    private int FolderOf(RawPath path)
    {
        var folder = path.Folder;
        var name = path.Bytes.Contains((byte)'/') ? folder : null;
        var key = Convert.ToHexString(folder.Bytes);
        if (_foldersOfFiles.TryGetValue(key, out var number))
            return number;
        _ = Status(folder, 0, out var status);
        number = table.AddFolder(new FolderRow(-1, name, new FolderIdentity(status.Identity.Device, status.Identity.Inode)));
        _foldersOfFiles.Add(key, number);
        return number;
    }

    private static int Status(RawPath path, int flags, out FileStatus status)
    {
        fixed (byte* start = path.Terminated)
            return -FileCalls.StatusAt(AtFlags.CurrentFolder, start, flags, out status);
    }
}
