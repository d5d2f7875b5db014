using System.Diagnostics;

namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>PyTorch's own launcher and library, as Debian packages them.</summary>
internal static class TorchRun
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Whether they are installed.</summary>
    public static bool IsThere { get; } = File.Exists("/usr/bin/torchrun") || Directory.Exists("/usr/lib/python3/dist-packages/torch");

    /// <summary>Runs a program with torch at hand.</summary>
    public static Process Python(string program) =>
        Process.Start(new ProcessStartInfo(Interpreter, ["-c", program]) { UseShellExecute = false })!;

    /// <summary>Starts <c>smirk</c> so many times by torchrun, and waits.</summary>
    /// <returns>torchrun's exit code; what all processes printed.</returns>
    public static async Task<(int ExitCode, string Text)> Smirk(int count, string logs, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter,
            ["-m", "torch.distributed.run", "--no_python", "--nproc_per_node", $"{count}", "--master_port", $"{TeamProcesses.FreePort()}",
                "--log_dir", logs, "-r", "1", "-t", "1", SmirkProcess.Executable, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
