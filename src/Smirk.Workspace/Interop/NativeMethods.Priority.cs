using System.Runtime.InteropServices;

namespace Smirk.Workspace.Interop;

/// <summary>Priorities of threads on the CPU and the disk.</summary>
internal static partial class NativeMethods
{
    internal const int OfThread = 0;
    internal const nint IoOfThread = 1;

    [LibraryImport("libc", EntryPoint = "getpriority", SetLastError = true)]
    internal static partial int GetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    internal static partial int SetPriority(int which, int who, int priority);

    // glibc has no function for ioprio_set.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint SystemCall(nint number, nint first, nint second, nint third);
}
