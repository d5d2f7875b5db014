using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Calls that concern this process's program.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>Makes this process run another program. Returns only when it can't.</summary>
    [LibraryImport(C, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, string?[] arguments, string?[] environment);
}
