using Microsoft.Win32.SafeHandles;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace.Files;

/// <summary>Makes names durable: a file that was renamed into a folder is there after a power cut only when the folder, too, was
/// synced.</summary>
public static class FolderSync
{
    /// <summary>Writes <paramref name="folder"/>'s list of names to the disk. A file system that can't (some network ones) is left alone:
    /// there is nothing more to do.</summary>
    public static void Flush(string folder)
    {
        var descriptor =
            NativeMethods.Open(folder.Length == 0 ? "." : folder, NativeMethods.OpenReadOnly | NativeMethods.OpenCloseOnExec, 0);
        if (descriptor < 0)
            return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = NativeMethods.Sync(handle);
    }
}
