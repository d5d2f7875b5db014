namespace Smirk.Files.Exact;

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
