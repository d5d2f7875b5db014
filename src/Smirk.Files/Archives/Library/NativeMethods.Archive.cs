using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smirk.Files.Archives.Library;

/// <summary>libsmirk_archive's exports (native/archive/archive.cpp).</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "smirk_archive";

    [LibraryImport(Library, EntryPoint = "smirk_archive_abi")]
    public static partial int Abi();

    [LibraryImport(Library, EntryPoint = "smirk_archive_last_error")]
    public static partial byte* LastError();

    [LibraryImport(Library, EntryPoint = "smirk_archive_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "smirk_archive_open")]
    public static partial int Open(byte* path, int raw, byte* password, out LibraryHandle reader);

    [LibraryImport(Library, EntryPoint = "smirk_archive_next")]
    public static partial int Next(LibraryHandle reader, LibraryMember* member, int* found);

    [LibraryImport(Library, EntryPoint = "smirk_archive_read")]
    public static partial int Read(LibraryHandle reader, byte* bytes, long length, long* read);

    [LibraryImport(Library, EntryPoint = "smirk_archive_close")]
    public static partial void Close(IntPtr reader);
}

/// <summary>What libarchive tells of a member.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LibraryMember
{
    public long Size;
    public long Modified;
    public int Kind;
    public int Encrypted;
    public byte* Name;
}

/// <summary>An archive that is being read.</summary>
internal sealed class LibraryHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(handle);
        return true;
    }
}
