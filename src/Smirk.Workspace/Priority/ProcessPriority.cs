using System.Globalization;
using System.Runtime.InteropServices;
using Smirk.Workspace.Interop;

namespace Smirk.Workspace.Priority;

/// <summary>How this process stands back for others on the CPU and the disk.</summary>
public static class ProcessPriority
{
    // ioprio_set(2): the scheduling class "best effort" and the lowest of its eight levels.
    private const int BestEffortLowest = 2 << 13 | 7;

    /// <summary>Lowers the priority of the whole process, and of what it starts. It can't be raised again without being root, so a value
    /// above the present one does nothing. Where the system refuses, all stays as it is: nothing depends on it.</summary>
    /// <param name="nice">0 (does nothing) to 19 (only where nobody else wants the CPU).</param>
    public static void Lower(int nice)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nice);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nice, 19);
        if (nice == 0 || !OperatingSystem.IsLinux())
            return;

        // On Linux these are a thread's; those that are started later take them from the one that starts them.
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var thread = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            if (NativeMethods.GetPriority(NativeMethods.OfThread, thread) >= nice)
                continue;
            _ = NativeMethods.SetPriority(NativeMethods.OfThread, thread, nice);
            _ = NativeMethods.SystemCall(IoPrioritySet, NativeMethods.IoOfThread, thread, BestEffortLowest);
        }
    }

    private static nint IoPrioritySet => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 30 : 251;
}
