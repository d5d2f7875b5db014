using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Copying inside the kernel, and where a link leads. Every call returns −1 and sets errno when it fails.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(C, EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyRange(int from, long* fromOffset, int to, long* toOffset, nuint count, uint flags);

    [LibraryImport(C, EntryPoint = "readlink", SetLastError = true)]
    public static partial nint ReadLink(byte* path, byte* buffer, nuint size);
}
