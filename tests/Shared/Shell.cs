using System.Diagnostics;

namespace Smirk.Tests;

/// <summary>What .NET can't do to a tree: links, fifos, odd names, other programs.</summary>
internal static class Shell
{
    /// <summary>Runs a bash script in <paramref name="folder"/> and returns what it printed; fails the test when it fails.</summary>
    public static string Run(string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-euc", script])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"bash ended with {process.ExitCode}: {error.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>Whether a program is installed.</summary>
    public static bool Has(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
