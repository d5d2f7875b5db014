using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Smirk.Studio.Runs;

/// <summary>What this machine is busy with, from /proc, and from nvidia-smi where there is a graphics card.</summary>
/// <param name="clock">Gives the time between two looks.</param>
internal sealed class MachineLoad(TimeProvider clock)
{
    // Starting nvidia-smi takes some tenths of a second.
    private static readonly TimeSpan GpuEvery = TimeSpan.FromSeconds(4);

    private const long Mebi = 1024 * 1024;

    // The kernel's unit of CPU time, the same on every Linux that runs .NET.
    private const double TicksPerSecond = 100;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<int, (long Ticks, long At)> _processes = [];
    private (long Busy, long All) _machine;
    private IReadOnlyList<GpuLoad> _gpus = [];
    private long? _gpusAt;
    private bool _hasGpu = true;

    /// <summary>Looks. The first look at something knows no shares: they are of the time between two looks.</summary>
    /// <param name="trainings">Run → its process, 0 for one that isn't known.</param>
    public async Task<LoadMessage> Look(IReadOnlyDictionary<int, int> trainings)
    {
        await _turn.WaitAsync();
        try
        {
            var used = trainings.Where(t => t.Value > 0).Select(t => (t.Key, Load: Of(t.Value))).Where(t => t.Load is not null)
                .ToDictionary(t => t.Key, t => t.Load!);
            foreach (var gone in _processes.Keys.Except(trainings.Values).ToList())
                _processes.Remove(gone);
            return new LoadMessage(Environment.ProcessorCount, Busy(), LoadAverage(), used, await Gpus());
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads what <c>nvidia-smi --query-gpu=name,utilization.gpu,memory.used,memory.total</c> prints as CSV without units: a card
    /// a line, memory in MiB. What a card doesn't tell is 0.</summary>
    internal static IReadOnlyList<GpuLoad> ReadGpus(string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4)
            .Select(cells => new GpuLoad(cells[0], Number(cells[1]) / 100.0, Number(cells[2]) * Mebi, Number(cells[3]) * Mebi))];

    private double? Busy()
    {
        // cpu user nice system idle iowait irq softirq steal
        var cells = First("/proc/stat").Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number).ToArray();
        if (cells.Length < 5)
            return null;
        var (all, idle) = (cells.Sum(), cells[3] + cells[4]);
        var (busyBefore, allBefore) = _machine;
        _machine = (all - idle, all);
        return allBefore == 0 || all == allBefore ? null : (all - idle - busyBefore) / (double)(all - allBefore);
    }

    private static double LoadAverage() =>
        double.TryParse(First("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : 0;

    // Null for a process of another machine: its number may be anybody's here.
    private TrainingLoad? Of(int process)
    {
        var stat = First($"/proc/{process}/stat");
        var name = First($"/proc/{process}/comm");
        var end = stat.LastIndexOf(')');
        if (end < 0 || !name.StartsWith("smirk", StringComparison.Ordinal))
            return null;
        var cells = stat[(end + 2)..].Split(' ');
        var (ticks, now) = (Number(cells[11]) + Number(cells[12]), clock.GetTimestamp());
        double? cores = _processes.TryGetValue(process, out var before)
            ? (ticks - before.Ticks) / TicksPerSecond / Math.Max(0.1, clock.GetElapsedTime(before.At, now).TotalSeconds) : null;
        _processes[process] = (ticks, now);

        // size resident shared …, in pages
        var pages = First($"/proc/{process}/statm").Split(' ');
        return new TrainingLoad(cores, pages.Length > 1 ? Number(pages[1]) * Environment.SystemPageSize : 0);
    }

    private async Task<IReadOnlyList<GpuLoad>> Gpus()
    {
        if (!_hasGpu || (_gpusAt is { } at && clock.GetElapsedTime(at) < GpuEvery))
            return _gpus;
        try
        {
            using var asked = Process.Start(new ProcessStartInfo("nvidia-smi",
                ["--query-gpu=name,utilization.gpu,memory.used,memory.total", "--format=csv,noheader,nounits"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var text = await asked.StandardOutput.ReadToEndAsync();
            await asked.WaitForExitAsync();
            _hasGpu = asked.ExitCode == 0;
            _gpus = _hasGpu ? ReadGpus(text) : [];
        }
        catch (Win32Exception)
        {
            _hasGpu = false;
        }

        _gpusAt = clock.GetTimestamp();
        return _gpus;
    }

    private static string First(string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
