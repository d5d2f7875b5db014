using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Studio.Runs;

/// <summary>The workspace's runs, brought up to date by whoever asks.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="trainings">What this studio started.</param>
/// <param name="load">Tells what the machine is busy with.</param>
internal sealed class RunsRoom(SmirkWorkspace workspace, Trainings trainings, MachineLoad load)
{
    // A training writes a line every four seconds: more often would show nothing more.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const int MostWatched = 12, LoadEvery = 2;

    private readonly ConcurrentDictionary<int, WatchedRun> _runs = [];

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<RunRow> List()
    {
        var known = workspace.Catalog.Runs.All().ToDictionary(row => row.Number);
        var there = workspace.Runs.All();
        foreach (var gone in _runs.Keys.Except(there.Select(run => run.Number)))
            _runs.TryRemove(gone, out _);
        return [.. there.Reverse().Select(run => Watched(run).Row(known.GetValueOrDefault(run.Number), trainings.TroubleOf(run.Number)))];
    }

    /// <summary>A run.</summary>
    /// <exception cref="UnusableInputException">There is no such run.</exception>
    public WatchedRun Of(int number) => Watched(workspace.Runs.Open(number));

    /// <summary>A whole run.</summary>
    /// <exception cref="UnusableInputException">There is no such run.</exception>
    public RunMessage Whole(int number)
    {
        var run = Of(number);
        var known = workspace.Catalog.Runs.All().FirstOrDefault(row => row.Number == number);
        return run.History.Whole(run.Row(known, trainings.TroubleOf(number)), run.Grids(), run.Settings());
    }

    /// <summary>Deletes a run.</summary>
    /// <exception cref="UsageException">It wasn't confirmed.</exception>
    /// <exception cref="UnusableInputException">A process trains it.</exception>
    public void Delete(int number, string? confirmed)
    {
        var run = Of(number).Folder;
        if (confirmed?.Trim() != run.Name)
            throw new UsageException($"Nothing was deleted: to confirm, type the run's number, {run.Name}.");
        workspace.Runs.Delete(run);
        workspace.Catalog.Runs.Remove(number);
        _runs.TryRemove(number, out _);
    }

    /// <summary>Tells what changes, about once a second, until <paramref name="cancel"/>.</summary>
    /// <param name="watch">The runs to tell the whole of, each with where the page stands: "1:CURSOR,2:CURSOR".</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<SseItem<RunsEvent>> Follow(string? watch, [EnumeratorCancellation] CancellationToken cancel)
    {
        var cursors = Read(watch);
        var grids = new Dictionary<int, IReadOnlyList<GridMessage>>();
        IReadOnlyList<RunRow> told = [];
        for (var look = 0; !cancel.IsCancellationRequested; look++)
        {
            var list = List();
            var isNew = look == 0 || !list.SequenceEqual(told);
            told = list;
            var updates = new List<RunUpdate>();
            foreach (var row in list.Where(row => cursors.ContainsKey(row.Number)))
            {
                if (Update(row.Number, cursors[row.Number], grids) is { } update)
                {
                    updates.Add(update);
                    cursors[row.Number] = update.Cursor;
                }
            }

            var busy = look % LoadEvery == 0 ? await load.Look(Trainers(list)) : null;
            if (isNew || updates.Count > 0 || busy is not null)
                yield return new SseItem<RunsEvent>(new RunsEvent(isNew ? list : null, updates, busy));
            await Task.Delay(LookEvery, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private RunUpdate? Update(int number, string cursor, Dictionary<int, IReadOnlyList<GridMessage>> grids)
    {
        if (!_runs.TryGetValue(number, out var run))
            return null;
        var now = run.Grids();
        var isNew = !grids.TryGetValue(number, out var before) || !before.SequenceEqual(now);
        grids[number] = now;
        return run.History.Since(cursor, isNew ? now : null);
    }

    private Dictionary<int, int> Trainers(IReadOnlyList<RunRow> list) => list.Where(row => row.State == "training")
        .ToDictionary(row => row.Number, row => new RunFolder(row.Number, Path.Combine(workspace.Runs.Folder, row.Folder)).Trainer() ?? 0);

    private WatchedRun Watched(RunFolder run) => _runs.GetOrAdd(run.Number, _ => new WatchedRun(run));

    private static Dictionary<int, string> Read(string? watch)
    {
        var cursors = new Dictionary<int, string>();
        foreach (var part in (watch ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var run, var cursor] || !int.TryParse(run, out var number) || cursors.Count == MostWatched)
                throw new UsageException($"watch: expected at most {MostWatched} runs, each with where the page stands in it.");
            cursors[number] = cursor;
        }

        return cursors;
    }
}
