namespace Smirk.Studio.Explore;

/// <summary>How soon something is done.</summary>
internal enum Turn
{
    /// <summary>Somebody drags and looks at it.</summary>
    Now,

    /// <summary>After those; it takes a second or so.</summary>
    Soon,

    /// <summary>After all others, which may be done in between.</summary>
    Long,
}

/// <summary>The one thread that everything of libtorch happens on, with a queue before it. A page's newest request replaces its older one
/// that still waits, and what was cancelled never starts.</summary>
/// <remarks>The thread starts with the first request: libtorch isn't loaded before.</remarks>
internal sealed class GeneratorThread
{
    private readonly object _lock = new();
    private readonly LinkedList<Job> _waiting = [];
    private readonly OpenGenerator _open;
    private readonly TimeSpan _idle;
    private bool _isStarted;
    private bool _isStopped;

    /// <param name="open">What is open; only touched on the thread.</param>
    /// <param name="idle">After so long without a request everything that is open is closed.</param>
    /// <param name="stopping">Ends the thread.</param>
    public GeneratorThread(OpenGenerator open, TimeSpan idle, CancellationToken stopping)
    {
        (_open, _idle) = (open, idle);
        stopping.Register(Stop);
    }

    /// <summary>How many wait; for tests.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Does something on the thread.</summary>
    /// <param name="lane">Whose request it is: of each lane only the newest waits. Null waits in any case.</param>
    /// <param name="turn">Before whom.</param>
    /// <param name="work">Given what is open.</param>
    /// <param name="cancel">Takes it out of the queue.</param>
    /// <returns>Its result; null when a newer request took its place.</returns>
    public Task<T?> Run<T>(string? lane, Turn turn, Func<OpenGenerator, T> work, CancellationToken cancel)
        where T : class
    {
        var done = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Put(new Job(lane, turn, open =>
        {
            try
            {
                if (cancel.IsCancellationRequested)
                    done.TrySetCanceled(cancel);
                else
                    done.TrySetResult(work(open));
            }
            catch (OperationCanceledException)
            {
                done.TrySetCanceled(cancel);
            }
            catch (Exception error)
            {
                // Whoever asked hears of it; the thread goes on.
                done.TrySetException(error);
            }
        }, () => done.TrySetResult(null), () => done.TrySetCanceled()));
        return done.Task;
    }

    /// <summary>Does what waits and isn't long; a long job calls it between its steps.</summary>
    public void DoOthers()
    {
        while (TakeShort() is { } job)
            job.Do(_open);
    }

    private void Put(Job job)
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                job.GiveUp();
                return;
            }

            if (job.Lane is not null && Find(other => other.Lane == job.Lane) is { } older)
            {
                older.Value.Replace();
                older.Value = job;
            }
            else if (Find(other => other.Turn > job.Turn) is { } later)
            {
                _waiting.AddBefore(later, job);
            }
            else
            {
                _waiting.AddLast(job);
            }

            if (!_isStarted)
                new Thread(Work) { IsBackground = true, Name = "generator" }.Start();
            _isStarted = true;
            Monitor.Pulse(_lock);
        }
    }

    private void Work()
    {
        while (true)
        {
            Job? job;
            lock (_lock)
            {
                while (_waiting.Count == 0 && !_isStopped)
                {
                    if (!Monitor.Wait(_lock, _idle) && _waiting.Count == 0)
                        break;
                }

                job = _waiting.First?.Value;
                if (job is not null)
                    _waiting.RemoveFirst();
                else if (_isStopped)
                    break;
            }

            if (job is not null)
            {
                job.Do(_open);
                continue;
            }

            // Nobody has asked for a while: what is open can be opened again.
            _open.Dispose();
            lock (_lock)
            {
                while (_waiting.Count == 0 && !_isStopped)
                    Monitor.Wait(_lock);
            }
        }

        _open.Dispose();
    }

    private Job? TakeShort()
    {
        lock (_lock)
        {
            if (Find(job => job.Turn != Turn.Long) is not { } node)
                return null;
            _waiting.Remove(node);
            return node.Value;
        }
    }

    private LinkedListNode<Job>? Find(Predicate<Job> isIt)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (isIt(node.Value))
                return node;
        }

        return null;
    }

    private void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            foreach (var job in _waiting)
                job.GiveUp();
            _waiting.Clear();
            Monitor.PulseAll(_lock);
        }
    }

    private sealed record Job(string? Lane, Turn Turn, Action<OpenGenerator> Do, Action Replace, Action GiveUp);
}
