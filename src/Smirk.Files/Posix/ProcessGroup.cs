using System.Diagnostics;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Posix;

/// <summary>Programs that are stopped with everything they started: git leaves the talking to children of its own, which would go on
/// without it.</summary>
public static class ProcessGroup
{
    // Part of util-linux, which every Debian has. Makes the program the leader of a group, and keeps it from asking on the terminal.
    private const string Leader = "/usr/bin/setsid";

    private const int KillSignal = 9;

    /// <summary>Starts the program that <paramref name="start"/> names, which is looked for in PATH, in a group of its own.</summary>
    /// <exception cref="MissingDependencyException">It isn't installed; <paramref name="advice"/> says what to do.</exception>
    public static Process Start(ProcessStartInfo start, string advice)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (!IsInstalled(start.FileName))
            throw new MissingDependencyException(advice);
        if (File.Exists(Leader))
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = Leader;
        }

        return Process.Start(start)!;
    }

    /// <summary>Ends the program and everything it started; does nothing where it has ended.</summary>
    public static void Kill(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        _ = NativeMethods.Kill(-process.Id, KillSignal);
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Whether a program of that name is in PATH.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
