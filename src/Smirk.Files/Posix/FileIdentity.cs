namespace Smirk.Files.Posix;

/// <summary>Which file this is, and in which state: when all of it is as it was, the content is as it was.</summary>
/// <param name="Device">The file system's device number.</param>
/// <param name="Inode">The file's number in the file system.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last change of the content, nanoseconds since 1970.</param>
/// <param name="Changed">Last change of content, name or permissions, nanoseconds since 1970. No program can set it back.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode, long Size, long Modified, long Changed)
{
    /// <summary>Last change of the content, in steps of 100 ns, as <see cref="File.GetLastWriteTimeUtc(string)"/> says it.</summary>
    public DateTime ModifiedUtc => DateTime.UnixEpoch.AddTicks((Modified - (((Modified % 100) + 100) % 100)) / 100);

    /// <summary>Whether both are the same file on the same file system, in whatever state.</summary>
    public bool IsSameFile(FileIdentity other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Whether the content is as it was, though the file may have got another name or other permissions (both set
    /// <see cref="Changed"/>).</summary>
    public bool HasSameContentAs(FileIdentity other) => IsSameFile(other) && Size == other.Size && Modified == other.Modified;
}

/// <summary>What stat tells of a file.</summary>
/// <param name="Identity">Which file, in which state.</param>
/// <param name="Mode">Kind and permission bits.</param>
/// <param name="Links">Names that the file has.</param>
/// <param name="User">Owner.</param>
/// <param name="Group">Owning group.</param>
/// <param name="Allocated">Bytes that the file takes on disk; less than its size where it is sparse.</param>
/// <param name="Accessed">Last read, nanoseconds since 1970.</param>
internal readonly record struct FileStat(FileIdentity Identity, uint Mode, uint Links, uint User, uint Group, long Allocated, long Accessed)
{
    private const uint KindMask = 0xF000;

    /// <summary>Which folder it is, where it is one.</summary>
    public FolderIdentity Folder => new(Identity.Device, Identity.Inode);

    public bool IsRegular => (Mode & KindMask) == 0x8000;

    public bool IsFolder => (Mode & KindMask) == 0x4000;

    public bool IsLink => (Mode & KindMask) == 0xA000;

    /// <summary>Takes over what statx filled in.</summary>
    public static FileStat From(in StatXBuffer raw) => new(
        new FileIdentity(
            ((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor,
            raw.Inode,
            raw.Size,
            Nanoseconds(raw.ModifiedSeconds, raw.ModifiedNanoseconds),
            Nanoseconds(raw.ChangedSeconds, raw.ChangedNanoseconds)),
        raw.Mode,
        raw.Links,
        raw.User,
        raw.Group,
        raw.Blocks * 512,
        Nanoseconds(raw.AccessedSeconds, raw.AccessedNanoseconds));

    // Times outside 1677–2262 don't fit; they wrap, which keeps them comparable for equality.
    private static long Nanoseconds(long seconds, uint nanoseconds) => unchecked((seconds * 1_000_000_000) + nanoseconds);
}
