using System.Globalization;
using System.Text.Json;
using Smirk.Gan.Log;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Runs;

/// <summary>One run as its own files tell of it, whoever trains it.</summary>
/// <param name="folder">The run.</param>
internal sealed class WatchedRun(RunFolder folder)
{
    // The log's seconds are rounded.
    private const double Rounding = 0.02;

    private readonly Lock _gate = new();
    private (DateTime Written, RecipePlan? Plan, string? Trouble)? _options;

    /// <summary>The run's folder.</summary>
    public RunFolder Folder => folder;

    /// <summary>What its log tells.</summary>
    public RunHistory History { get; } = new(folder);

    /// <summary>How it stands now.</summary>
    /// <param name="known">What the catalog knows of it; null for nothing.</param>
    /// <param name="trouble">What its process ended with, if it failed.</param>
    public RunRow Row(Smirk.Workspace.Catalog.RunRow? known, string? trouble)
    {
        History.Refresh();
        var (plan, damage) = Options();
        var (kimg, seconds, speed) = History.Now;
        var (note, trainer, requests) = (RunNote.Of(folder), folder.Trainer(), new RunRequests(folder));
        var isTraining = trainer is not null;
        double? done = plan is null ? null : plan.Kimg is { } length ? kimg / length
            : (seconds + Rounding) / Math.Max(Rounding, plan.BudgetSeconds ?? 0);
        var best = new SnapshotFolder(folder).BestKimg;
        var measured = History.MeasuredAt(best);
        return new RunRow
        {
            Number = folder.Number,
            Folder = folder.Name,
            Name = note.Name,
            Notes = note.Notes,
            State = isTraining ? "training" : done >= 1 ? "done" : kimg <= 0 && seconds <= 0 ? "empty"
                : known?.State == "running" ? "interrupted" : "stopped",
            Trouble = damage ?? (isTraining ? null : trouble),
            Kimg = kimg,
            Seconds = seconds,
            Progress = Math.Clamp(done ?? 0, 0, 1),
            BudgetSeconds = plan?.BudgetSeconds,
            LengthKimg = plan?.Kimg,
            Speed = speed,
            SecondsLeft = isTraining && plan is not null ? Left(plan, kimg, seconds, speed) : null,
            Size = plan?.Size ?? 0,
            Aspect = plan?.Aspect?.ToString(),
            Recipe = plan?.Recipe ?? "",
            Device = plan?.Device ?? "",
            Started = known?.Started,
            BestKimg = best,
            BestDistance = measured is null ? null : Metric(measured, "frechet_trained") ?? Metric(measured, "frechet_random"),
            BestCoverage = measured is null ? null : Metric(measured, "coverage_trained") ?? Metric(measured, "coverage_random"),
            IsStopping = isTraining && requests.IsAsked(RunRequest.Stop),
            IsSnapshotAsked = isTraining && requests.IsAsked(RunRequest.Snapshot),
        };
    }

    /// <summary>Its grids, by rising kimg.</summary>
    public IReadOnlyList<GridMessage> Grids() => [.. RunLog.Grids(folder).Select(grid => new GridMessage(grid.Kimg,
        Path.GetFileName(grid.Path), File.GetLastWriteTimeUtc(grid.Path).Ticks.ToString("x", CultureInfo.InvariantCulture)))];

    /// <summary>The bytes of a grid, by its name among those there are.</summary>
    /// <exception cref="UnusableInputException">There is no such grid.</exception>
    public byte[] Grid(string name)
    {
        var path = RunLog.Grids(folder).FirstOrDefault(grid => Path.GetFileName(grid.Path) == name).Path;
        try
        {
            if (path is not null)
                return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            // Rolled back between the two looks.
        }

        throw new UnusableInputException($"Run {folder.Name} has no grid of that name.");
    }

    /// <summary>Its settings with their reasons; none where its options can't be read.</summary>
    public IReadOnlyList<SettingMessage> Settings() => Options().Plan is { } plan
        ? [.. PlanInWords.Of(plan).Select(choice => new SettingMessage(choice.Name, choice.Value, choice.InWords))] : [];

    /// <summary>What lies in its folder, to be told before it is deleted.</summary>
    public RunContents Contents()
    {
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(path => new FileInfo(path)).ToList();
        var (snapshots, samples) = (In(folder.SnapshotsFolder), In(folder.SamplesFolder));
        var lines = new List<string> { Counted(snapshots, "snapshot"), Counted(samples, "sample picture") };
        if (Directory.Exists(folder.ShareFolder))
            lines.Add($"what was exported from it (share/): {Counted(In(folder.ShareFolder), "file")}");
        lines.Add(File.Exists(folder.ReportPath) ? "its log, its curves and its report" : "its log and its curves");
        return new RunContents(folder.Name, lines, files.Sum(file => file.Length));

        int In(string path) => files.Count(file => file.FullName.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && file.Extension != ".txt");
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static double? Metric(MeasuredMessage measured, string name) =>
        measured.Metrics.TryGetValue(name, out var value) ? value : null;

    private static double? Left(RecipePlan plan, double kimg, double seconds, double? speed) => plan.Kimg is { } length
        ? speed > 0 ? Math.Max(0, (length - kimg) * 1000 / speed.Value) : null
        : Math.Max(0, (plan.BudgetSeconds ?? 0) - seconds);

    // options.json is some kilobytes and changes when a run is resumed.
    private (RecipePlan? Plan, string? Trouble) Options()
    {
        lock (_gate)
        {
            var written = File.GetLastWriteTimeUtc(folder.OptionsPath);
            if (_options is not { } known || known.Written != written)
                _options = known = Read(written);
            return (known.Plan, known.Trouble);
        }
    }

    private (DateTime Written, RecipePlan? Plan, string? Trouble) Read(DateTime written)
    {
        try
        {
            return (written, RecipePlan.Read(folder.OptionsPath), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A run that is being made has none yet.
            return (written, null, null);
        }
        catch (Exception error) when (error is UnusableInputException or JsonException)
        {
            return (written, null, error.Message);
        }
    }
}
