using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Runs;

/// <summary>Starts trainings as processes of their own session: neither closing the studio nor its terminal's Ctrl-C ends them.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="options">Say which program trains, and where what it prints goes.</param>
/// <param name="stopping">The studio ends: nobody waits any more, and trainings go on.</param>
internal sealed class Trainings(SmirkWorkspace workspace, StudioOptions options, CancellationToken stopping)
{
    private const string OutputVariable = "SMIRK_TRAINING_OUTPUT";

    // The process becomes the training: its number is that which the run's lock holds.
    private const string Script = $"exec setsid \"$@\" </dev/null >\"${OutputVariable}\" 2>&1";

    private const int StoppedByPerson = 130;

    // libtorch takes seconds to load on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<int, string> _troubles = [];

    /// <summary>What the training of a run that this studio started failed with; null where it didn't.</summary>
    public string? TroubleOf(int run) => _troubles.GetValueOrDefault(run);

    /// <summary>Starts or resumes a run, and waits until it trains.</summary>
    /// <returns>The run; null where it isn't known after two minutes.</returns>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="UnusableInputException">The training ended at once; the message says why.</exception>
    public async Task<int?> Start(TrainingOrder order)
    {
        var arguments = Arguments(order);
        var output = NewOutput();
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "smirk", options.Program, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = workspace.Folder,
            Environment = { [OutputVariable] = output },
        })!;
        var began = Stopwatch.StartNew();
        while (began.Elapsed < Patience && !stopping.IsCancellationRequested)
        {
            if (process.HasExited)
                return Ended(process, output, order.Resume);
            if (TrainedBy(process.Id, order.Resume) is { } run)
            {
                if (NoteOf(order) is { Name.Length: > 0 } note)
                    note.Write(run);
                _troubles.TryRemove(run.Number, out _);
                _ = Watch(process, output, run.Number);
                return run.Number;
            }

            await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>What a training with these options would be, and why.</summary>
    /// <exception cref="UsageException">An option is wrong.</exception>
    /// <exception cref="UnusableInputException">It can't be planned; the message says why.</exception>
    public async Task<PlanMessage> Plan(TrainingOrder order, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(options.Program, [.. Arguments(order), "--plan", "--json"])
        {
            UseShellExecute = false,
            WorkingDirectory = workspace.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancel);
            var document = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize(document, StudioJson.Default.PlanMessage)!
                : throw new UnusableInputException(Sentence(await error, process.ExitCode));
        }
        finally
        {
            // The page asked for another plan meanwhile.
            if (!process.HasExited)
                process.Kill();
        }
    }

    private List<string> Arguments(TrainingOrder order)
    {
        var arguments = new List<string> { "train", "-w", workspace.Folder };
        if (order.Resume is { } number)
            arguments.AddRange(["--resume", workspace.Runs.Open(number).Number.ToString(CultureInfo.InvariantCulture)]);
        else if (order.Size is { } size)
            arguments.AddRange(["--size", size.ToString(CultureInfo.InvariantCulture)]);
        NoteOf(order).Check();
        foreach (var (name, value) in order.Options ?? [])
        {
            var option = TrainOptionTable.All.FirstOrDefault(row => row.Name == name)
                ?? throw new UsageException($"Training has no option --{name}.");
            if (string.IsNullOrWhiteSpace(value))
                continue;
            _ = option.Read(new TrainOptions(), value.Trim());
            if (!option.IsFlag)
                arguments.Add($"--{name}={value.Trim()}");
            else if (value.Trim() == "true")
                arguments.Add($"--{name}");
        }

        return arguments;
    }

    private RunFolder? TrainedBy(int process, int? resumed)
    {
        var runs = resumed is { } number ? [workspace.Runs.Open(number)] : workspace.Runs.All();
        return runs.LastOrDefault(run => run.Trainer() == process && File.Exists(run.OptionsPath));
    }

    private static RunNote NoteOf(TrainingOrder order) => order.Resume is null ? new RunNote(order.Name?.Trim() ?? "", "") : RunNote.None;

    private int? Ended(Process process, string output, int? resumed)
    {
        using (process)
        {
            var text = File.Exists(output) ? File.ReadAllText(output) : "";
            File.Delete(output);
            return process.ExitCode is 0 or StoppedByPerson ? resumed ?? workspace.Runs.Latest()?.Number
                : throw new UnusableInputException(Sentence(text, process.ExitCode));
        }
    }

    private async Task Watch(Process process, string output, int run)
    {
        using (process)
        {
            await process.WaitForExitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
                return;
            if (process.ExitCode is not 0 and not StoppedByPerson)
                _troubles[run] = Sentence(File.Exists(output) ? await File.ReadAllTextAsync(output, CancellationToken.None) : "",
                    process.ExitCode);
            File.Delete(output);
        }
    }

    private static string Sentence(string printed, int code)
    {
        const string prefix = "smirk: ";
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..]
            ?? $"The training ended with code {code}{(lines.Length > 0 ? $": {lines[^1]}" : ".")}";
    }

    private string NewOutput()
    {
        var folder = Path.Combine(options.CacheFolder, "trainings");
        Directory.CreateDirectory(folder);

        // Of trainings that went on when their studio had ended.
        var before = workspace.Time.GetUtcNow().UtcDateTime - KeptFor;
        foreach (var old in Directory.EnumerateFiles(folder).Where(f => File.GetLastWriteTimeUtc(f) < before))
            File.Delete(old);
        return Path.Combine(folder, $"{Guid.NewGuid():N}.txt");
    }
}
