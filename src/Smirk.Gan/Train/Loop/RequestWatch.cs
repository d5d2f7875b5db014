using Smirk.Workspace.Runs;

namespace Smirk.Gan.Train.Loop;

/// <summary>Looks once a second, beside the training, whether another process asks for something (see <see cref="RunRequests"/>).</summary>
internal sealed class RequestWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly RunRequests _requests;
    private readonly CancellationTokenSource _stop;
    private readonly Timer _timer;
    private volatile bool _snapshot;
    private volatile bool _asked;

    /// <summary>Begins to look.</summary>
    /// <param name="run">The run; what was asked of an earlier process has been taken away.</param>
    /// <param name="cancel">The person's Ctrl-C, which stops as well.</param>
    public RequestWatch(RunFolder run, CancellationToken cancel)
    {
        _requests = new RunRequests(run);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _timer = new Timer(_ => Look(), null, Every, Every);
    }

    /// <summary>Cancelled by Ctrl-C, and when another process asks to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether it was another process that asked to stop.</summary>
    public bool WasAskedToStop => _asked;

    /// <summary>Whether a snapshot was asked for that hasn't been taken yet.</summary>
    public bool WantsSnapshot => _snapshot;

    /// <summary>Says that the snapshot was taken.</summary>
    public void SnapshotTaken()
    {
        _snapshot = false;
        _requests.Done(RunRequest.Snapshot);
    }

    /// <summary>Ends the looking; nothing of what was asked for is left behind.</summary>
    public void Dispose()
    {
        // The look that is under way is waited for: it may cancel.
        using (var ended = new ManualResetEvent(false))
        {
            if (_timer.Dispose(ended))
                ended.WaitOne();
        }

        _requests.Clear();
        _stop.Dispose();
    }

    private void Look()
    {
        _snapshot |= _requests.IsAsked(RunRequest.Snapshot);
        if (_asked || !_requests.IsAsked(RunRequest.Stop))
            return;
        _asked = true;
        _stop.Cancel();
    }
}
