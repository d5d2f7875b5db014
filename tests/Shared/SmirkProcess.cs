using System.Diagnostics;
using System.Globalization;

namespace Smirk.Tests;

/// <summary>The real program as a child process.</summary>
internal sealed class SmirkProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private SmirkProcess(Process process) =>
        (_process, _out, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

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

    /// <summary>How far it steps back for others on the CPU: 0 unless it was told to.</summary>
    public int Nice =>
        int.Parse(File.ReadAllText($"/proc/{_process.Id}/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture);

    /// <summary>Starts it with nothing on its standard input.</summary>
    public static SmirkProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start(arguments, "", "", environment);

    /// <summary>Runs it to its end.</summary>
    public static Task<SmirkOutput> Run(params IEnumerable<string> arguments) => Run(arguments, "", "");

    /// <summary>Runs it to its end with <paramref name="input"/> on its standard input.</summary>
    public static Task<SmirkOutput> RunWith(string input, IEnumerable<string> arguments) => Run(arguments, input, "");

    /// <summary>Runs it to its end in <paramref name="folder"/>.</summary>
    public static Task<SmirkOutput> RunIn(string folder, IEnumerable<string> arguments) => Run(arguments, "", folder);

    /// <summary>Waits for its end.</summary>
    public async Task<SmirkOutput> End()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return new SmirkOutput(_process.ExitCode, await _out, await _error);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static async Task<SmirkOutput> Run(IEnumerable<string> arguments, string input, string folder)
    {
        using var process = Start(arguments, input, folder, []);
        return await process.End();
    }

    private static SmirkProcess Start(IEnumerable<string> arguments, string input, string folder, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new SmirkProcess(process);
    }
}

/// <summary>What the program printed and how it ended.</summary>
internal sealed record SmirkOutput(int ExitCode, string Out, string Error)
{
    /// <summary>The line that says why it failed; the test fails when there isn't exactly one.</summary>
    public string FailureLine =>
        Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            line.StartsWith("smirk: ", StringComparison.Ordinal));
}
