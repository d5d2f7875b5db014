using System.Diagnostics;

namespace Smirk.Share.Tests;

/// <summary>What Debian's packages bring, where they are installed.</summary>
internal static class Debian
{
    /// <summary>Whether the system's Python has a module.</summary>
    public static bool Python(string module)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
