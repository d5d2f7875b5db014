using System.Runtime.InteropServices;
using Smirk.Files.Posix;

namespace Smirk.Files.Exact.Memory;

/// <summary>What is remembered of one file in one state.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct MemoryRecord
{
    public FileIdentity Identity;
    public ulong Head;
    public ulong Tail;

    /// <summary>Which comparison the file took part in; 0 for none.</summary>
    public ulong Comparison;

    /// <summary>Which set of equal files it ended up in: of one comparison, equal numbers mean equal bytes and other numbers other
    /// bytes.</summary>
    public uint Set;
    public MemoryParts Known;

    /// <summary>Day (since 1970) on which the file was last seen.</summary>
    public ushort Day;
}

/// <summary>Which fields of a record say something.</summary>
[Flags]
internal enum MemoryParts : ushort
{
    None = 0,
    Head = 1,
    Tail = 2,
}

/// <summary>Records by device and inode: a file has one record, for its latest state.</summary>
internal sealed class MemoryOrder : IComparer<MemoryRecord>
{
    public static readonly MemoryOrder ByFile = new();

    public int Compare(MemoryRecord x, MemoryRecord y)
    {
        var device = x.Identity.Device.CompareTo(y.Identity.Device);
        return device != 0 ? device : x.Identity.Inode.CompareTo(y.Identity.Inode);
    }
}
