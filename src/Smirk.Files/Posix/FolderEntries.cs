using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>What d_type says an entry is.</summary>
internal enum EntryKind : byte
{
    /// <summary>The file system doesn't tell.</summary>
    Unknown = 0,
    Folder = 4,
    Regular = 8,
    Link = 10,
}

/// <summary>Walks over what getdents64 filled in: struct linux_dirent64 {u64 inode; s64 offset; u16 length; u8 kind; char
/// name[]}.</summary>
internal unsafe ref struct FolderEntries(byte* entries, int length)
{
    private const int LengthAt = 16;
    private const int KindAt = 18;
    private const int NameAt = 19;

    private int _next;

    public EntryKind Kind { get; private set; }

    /// <summary>The name, a NUL behind it.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Where the name begins, for system calls.</summary>
    public byte* NameStart { get; private set; }

    /// <summary>Steps to the next entry that isn't the folder itself or its parent; false at the end.</summary>
    public bool MoveNext()
    {
        while (_next < length)
        {
            var entry = entries + _next;
            _next += *(ushort*)(entry + LengthAt);
            Kind = (EntryKind)entry[KindAt];
            NameStart = entry + NameAt;
            Name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NameStart);
            if (!Name.SequenceEqual("."u8) && !Name.SequenceEqual(".."u8))
                return true;
        }

        return false;
    }
}
