using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Calls that only look: open, read, list, tell. Names are NUL-terminated bytes; every call returns −1 and sets errno when it
/// fails.</summary>
internal static unsafe partial class NativeMethods
{
    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags, uint mode);

    [LibraryImport(C, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(C, EntryPoint = "preadv2", SetLastError = true)]
    public static partial nint ReadVectorAt(int descriptor, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport(C, EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ListFolder(int descriptor, byte* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(int folder, byte* path, int flags, uint mask, StatXBuffer* status);

    [LibraryImport(C, EntryPoint = "posix_fadvise")]
    public static partial int Advise(int descriptor, long offset, long length, int advice);

    [LibraryImport(C, EntryPoint = "memcmp")]
    public static partial int CompareMemory(byte* left, byte* right, nuint count);

    [LibraryImport(C, EntryPoint = "flistxattr", SetLastError = true)]
    public static partial nint ListAttributes(int descriptor, byte* names, nuint size);

    [LibraryImport(C, EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetAttribute(int descriptor, byte* name, byte* value, nuint size);

    [LibraryImport(C, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Start;
    public nuint Length;
}

/// <summary>struct statx, whose layout is the same on every architecture (struct stat's isn't). Only the fields that are used have
/// names.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatXBuffer
{
    [FieldOffset(16)] public uint Links;
    [FieldOffset(20)] public uint User;
    [FieldOffset(24)] public uint Group;
    [FieldOffset(28)] public ushort Mode;
    [FieldOffset(32)] public ulong Inode;
    [FieldOffset(40)] public long Size;
    [FieldOffset(48)] public long Blocks;
    [FieldOffset(64)] public long AccessedSeconds;
    [FieldOffset(72)] public uint AccessedNanoseconds;
    [FieldOffset(96)] public long ChangedSeconds;
    [FieldOffset(104)] public uint ChangedNanoseconds;
    [FieldOffset(112)] public long ModifiedSeconds;
    [FieldOffset(120)] public uint ModifiedNanoseconds;
    [FieldOffset(136)] public uint DeviceMajor;
    [FieldOffset(140)] public uint DeviceMinor;
}
