using System.Runtime.InteropServices;

namespace Smirk.Files.Posix;

/// <summary>Calls that concern other processes.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>Sends a signal to a process, or with a negative number to all processes of a group.</summary>
    [LibraryImport(C, EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);
}
