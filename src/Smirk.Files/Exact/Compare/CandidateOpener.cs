using Smirk.Files.Exact.Nodes;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Exact.Compare;

/// <summary>Opens files of a table for reading. One for each thread.</summary>
internal sealed class CandidateOpener(FoundFiles table, FileNodes nodes, RefusalList refused)
{
    private readonly PathBuilder _path = new();

    // Looking should leave no trace, and access times cost writes; only a file's owner may ask for that.
    private int _noAccessTime = OpenFlags.NoAccessTime;

    /// <summary>The descriptor, which the caller closes; −1 when it can't be opened, which is noted unless
    /// <paramref name="quietly"/>.</summary>
    public int Open(int file, bool quietly = false)
    {
        ref var row = ref nodes[file];
        _path.Set(table, row.Folder, row.NameBytes);
        var flags = row.ThroughLink ? OpenFlags.Look & ~OpenFlags.NoFollow : OpenFlags.Look;
        var descriptor = FileCalls.Open(_path.Terminated, flags | _noAccessTime);
        if (descriptor == -Errno.NotPermitted && _noAccessTime != 0)
        {
            _noAccessTime = 0;
            descriptor = FileCalls.Open(_path.Terminated, flags);
        }

        if (descriptor >= 0)
            return descriptor;
        if (!quietly)
            Refuse(file, "can't be opened", -descriptor);
        return -1;
    }

    /// <summary>Notes that a system call failed on the file.</summary>
    public void Refuse(int file, string what, int errno) => refused.AddError(nodes.PathOf(file), RefusalCause.File, what, errno);

    /// <summary>Notes that the file isn't what the scan saw.</summary>
    public void RefuseChanged(int file) =>
        refused.Add(nodes.PathOf(file), "changed while it was being read; run again when nothing writes to it");

    /// <summary>Whether the open file still is in the state that the scan saw.</summary>
    public bool IsUnchanged(int file, int descriptor) =>
        FileCalls.Status(descriptor, out var status) == 0 && status.Identity == nodes[file].Identity;
}
