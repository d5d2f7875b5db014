using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Calls that change something on disk. Every call returns −1 and sets errno when it fails.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(C, EntryPoint = "renameat2", SetLastError = true)]
    public static partial int Rename(int fromFolder, byte* from, int toFolder, byte* to, uint flags);

    [LibraryImport(C, EntryPoint = "linkat", SetLastError = true)]
    public static partial int Link(int fromFolder, byte* from, int toFolder, byte* to, int flags);

    [LibraryImport(C, EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int Unlink(int folder, byte* name, int flags);

    [LibraryImport(C, EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolder(int folder, byte* name, uint mode);

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport(C, EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(int descriptor, uint mode);

    [LibraryImport(C, EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport(C, EntryPoint = "futimens", SetLastError = true)]
    public static partial int ChangeTimes(int descriptor, TimeSpecification* accessedAndModified);

    [LibraryImport(C, EntryPoint = "fsetxattr", SetLastError = true)]
    public static partial int SetAttribute(int descriptor, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);
}

/// <summary>struct timespec on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpecification
{
    public long Seconds;
    public long Nanoseconds;
}
