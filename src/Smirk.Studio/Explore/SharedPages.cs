using System.Collections.Concurrent;
using System.Diagnostics;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Explore;

/// <summary>Starts <c>smirk share</c> as a process of its own, and tells how it goes.</summary>
internal sealed class SharedPages(StudioOptions options, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, ShareMessage> _states = [];

    /// <summary>Starts making a snapshot's page; one at a time for each run.</summary>
    /// <exception cref="UnusableInputException">The program can't be started.</exception>
    public ShareMessage Start(string snapshot)
    {
        var run = Path.GetFileName(Snapshot.RunOf(snapshot));
        var working = new ShareMessage("working", "making the page…");
        lock (_states)
        {
            if (_states.GetValueOrDefault(run) is { State: "working" } already)
                return already;
            _states[run] = working;
        }

        var start = new ProcessStartInfo(options.Program, ["share", snapshot])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            _states[run] = new ShareMessage("failed", error.Message);
            throw new UnusableInputException($"{options.Program} can't be started: {error.Message}", error);
        }

        _ = Watch(process, run);
        return working;
    }

    /// <summary>How it stands with a run.</summary>
    public ShareMessage Of(RunFolder run) => _states.GetValueOrDefault(run.Name)
        ?? (File.Exists(run.SharedPagePath) ? new ShareMessage("done", "made before") : new ShareMessage("none", ""));

    private async Task Watch(Process process, string run)
    {
        using (process)
        using (stopping.Register(process.Kill))
        {
            process.StandardInput.Close();
            var (said, wrong) = (Last(process.StandardOutput), Last(process.StandardError));
            await process.WaitForExitAsync(CancellationToken.None);
            _states[run] = process.ExitCode == 0 ? new ShareMessage("done", await said)
                : new ShareMessage("failed", await wrong is { Length: > 0 } words ? words : $"smirk share ended with {process.ExitCode}");
        }
    }

    private static async Task<string> Last(StreamReader lines)
    {
        var last = "";
        while (await lines.ReadLineAsync() is { } line)
            last = line.Trim().Length > 0 ? line.Trim() : last;
        return last;
    }
}
