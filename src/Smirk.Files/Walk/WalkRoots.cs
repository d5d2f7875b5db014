using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Walk;

/// <summary>Where a walk begins: the folders and files that the person named.</summary>
internal sealed class WalkRoots(WalkOptions options, FoundFiles table, RefusalList refused, WalkQueue queue)
{
    private readonly FoundFilesWriter _rows = new(table);
    private readonly Dictionary<RawPath, int> _foldersOfFiles = [];

    /// <summary>Puts folders into the queue and files into the table; returns the number of files.</summary>
    /// <exception cref="UsageException">A path isn't there, and that isn't to be expected.</exception>
    public int Add()
    {
        var named = NamedPaths.Sort(options.Paths, options.MissingIsRefused, refused);

        // The queue gives the last one first.
        for (var at = named.Folders.Count - 1; at >= 0; at--)
            queue.Add(new ListJob(-1, named.Folders[at], follow: true));
        var files = 0;
        foreach (var (path, status) in named.Others)
        {
            if (status.IsRegular)
                files += AddFile(path, status) ? 1 : 0;
            else
                refused.Add(path, RefusalCause.NotAFile, "is neither a folder nor a regular file");
        }

        return files;
    }

    private bool AddFile(RawPath path, in FileStat followed)
    {
        var isLink = NamedPaths.IsLink(path);
        if (isLink && options.Links == LinkRule.Skip)
        {
            refused.Add(path, RefusalCause.Link, "is a symbolic link; -s follows links");
            return false;
        }

        _rows.Add(FolderOf(path), path.Name, followed, isLink);
        return true;
    }

    private int FolderOf(RawPath path)
    {
        var folder = path.Folder;
        var name = path.Bytes.Contains((byte)'/') ? folder : null;
        if (_foldersOfFiles.TryGetValue(folder, out var number))
            return number;
        number = table.AddFolder(new FolderRow(-1, name, FolderTree.IdentityOf(folder) ?? default));
        _foldersOfFiles.Add(folder, number);
        return number;
    }
}
