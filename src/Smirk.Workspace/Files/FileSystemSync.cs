using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace.Files;

/// <summary>Makes many files durable at once, by syncing the file system that they are on.</summary>
public static class FileSystemSync
{
    /// <summary>Returns when everything that was written to <paramref name="folder"/>'s file system is on its disk; what others wrote to
    /// it, too.</summary>
    /// <exception cref="IOException">The folder can't be opened, or the disk couldn't take it.</exception>
    public static void Flush(string folder)
    {
        var descriptor = NativeMethods.Open(folder, NativeMethods.OpenReadOnly | NativeMethods.OpenCloseOnExec, 0);
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (descriptor < 0 || NativeMethods.SyncFileSystem(handle) != 0)
            throw new IOException($"{folder} can't be written to its disk: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }
}
