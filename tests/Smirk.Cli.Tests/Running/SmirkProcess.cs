using System.Diagnostics;

namespace Smirk.Tests.Running;

/// <summary>The real program as a child process.</summary>
internal sealed class SmirkProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _err;

    private SmirkProcess(Process process) => (_process, _out, _err) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    /// <summary>The program's file, as it was built for this test.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "smirk");

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that it has had so far, in bytes; 0 once it has ended.</summary>
    public long PeakMemory
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.PeakWorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Starts it.</summary>
    public static SmirkProcess Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new SmirkProcess(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<SmirkOutput> Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.End();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<SmirkOutput> End()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new SmirkOutput(_process.ExitCode, await _out, await _err);
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}

/// <summary>What the program printed and how it ended.</summary>
internal sealed record SmirkOutput(int ExitCode, string Out, string Error)
{
    /// <summary>The line that says why it failed; the test fails when there isn't exactly one.</summary>
    public string FailureLine => Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("smirk: ", StringComparison.Ordinal));
}
