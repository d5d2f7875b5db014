using System.Diagnostics;

namespace Smirk.Cli.Tests.Running.Ranks;

/// <summary>Two network namespaces with a cable between them: to programs they are two machines, each with an address and a loopback of its
/// own.</summary>
internal sealed class TwoMachines : IDisposable
{
    // Not used on the internet: for tests and documents.
    private const string Network = "198.51.100.";

    private readonly string[] _names = [$"smirk{Environment.ProcessId}a", $"smirk{Environment.ProcessId}b"];

    /// <summary>Makes them.</summary>
    public TwoMachines()
    {
        foreach (var name in _names)
            Ip("netns", "add", name);
        Ip("link", "add", "cable", "netns", _names[0], "type", "veth", "peer", "name", "cable", "netns", _names[1]);
        foreach (var (number, name) in _names.Index())
        {
            Ip("-n", name, "addr", "add", $"{Address(number)}/24", "dev", "cable");
            Ip("-n", name, "link", "set", "lo", "up");
            Ip("-n", name, "link", "set", "cable", "up");
        }
    }

    /// <summary>Whether this system lets the test's user make such.</summary>
    public static bool CanBe { get; } =
        Environment.IsPrivilegedProcess && TryIp("netns", "add", "smirkprobe") && TryIp("netns", "del", "smirkprobe");

    /// <summary>Starts <c>smirk</c> on one of them as the rank of that number of two, and waits for its end.</summary>
    /// <returns>Its exit code; what it said on standard error.</returns>
    public async Task<(int ExitCode, string Error)> Run(int rank, int port, IEnumerable<string> arguments)
    {
        var variables = new[]
        {
            $"RANK={rank}", "WORLD_SIZE=2", "LOCAL_RANK=0", "LOCAL_WORLD_SIZE=1", $"MASTER_ADDR={Address(0)}", $"MASTER_PORT={port}",
        };
        using var process = Process.Start(new ProcessStartInfo(
            "ip", ["netns", "exec", _names[rank], "env", .. variables, SmirkProcess.Executable, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var name in _names)
            TryIp("netns", "del", name);
    }

    private static string Address(int number) => $"{Network}{number + 1}";

    private static void Ip(params string[] arguments) => Assert.True(TryIp(arguments), $"ip {string.Join(' ', arguments)} failed");

    private static bool TryIp(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
