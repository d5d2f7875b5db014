using Smirk.Workspace;

namespace Smirk.Collect.Download;

/// <summary>Writes what many threads bring in with few transactions: what comes while one is being written goes together with the next.
/// Pictures added before are in place before the rows that name them.</summary>
/// <param name="workspace">Where to.</param>
internal sealed class SharedTransactions(SmirkWorkspace workspace)
{
    private readonly Lock _gate = new();
    private List<Entry> _waiting = [];
    private bool _writing;

    /// <summary>Runs <paramref name="work"/> within a transaction; done once that is written. Where a transaction fails, all that shared it
    /// fail.</summary>
    public Task WriteAsync(Action work)
    {
        var entry = new Entry(work, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Add(entry);
            if (_writing)
                return entry.Done.Task;
            _writing = true;
        }

        // Whoever finds nobody at it writes until nothing waits.
        while (TakeWaiting() is { Count: > 0 } entries)
            Write(entries);
        return entry.Done.Task;
    }

    private List<Entry> TakeWaiting()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            _writing = taken.Count > 0;
            return taken;
        }
    }

    private void Write(List<Entry> entries)
    {
        try
        {
            workspace.Pictures.Flush();
            workspace.Catalog.InTransaction(() => entries.ForEach(e => e.Work()));
        }
        catch (Exception error)
        {
            entries.ForEach(e => e.Done.SetException(error));
            return;
        }

        entries.ForEach(e => e.Done.SetResult());
    }

    private sealed record Entry(Action Work, TaskCompletionSource Done);
}
