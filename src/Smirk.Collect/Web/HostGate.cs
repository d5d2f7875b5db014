namespace Smirk.Collect.Web;

/// <summary>One host's door: so many at once, one after the other at a polite pace, nobody while the host asked for a pause.</summary>
internal sealed class HostGate(WebOptions options, TimeProvider time)
{
    // A host that failed so many addresses in a row gets one attempt each from then on; the first success ends that.
    private const int FailuresUntilDoubted = 3;

    private readonly SemaphoreSlim _places = new(options.MostPerHost);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;
    private TimeSpan _gap = options.RequestsPerSecond > 0 ? TimeSpan.FromSeconds(1 / options.RequestsPerSecond) : TimeSpan.Zero;
    private int _failures;

    /// <summary>Attempts that one request to this host deserves.</summary>
    public int Attempts => Volatile.Read(ref _failures) >= FailuresUntilDoubted ? 1 : options.MostAttempts;

    /// <summary>Waits for a place and for the pace.</summary>
    public async Task EnterAsync(CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            TimeSpan wait;
            while ((wait = TakeTurn()) > TimeSpan.Zero)
                await Task.Delay(wait, time, cancel);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => _places.Release();

    /// <summary>Nobody enters for <paramref name="pause"/>.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + pause;
            if (until > _next)
                _next = until;
        }
    }

    /// <summary>Leaves at least <paramref name="gap"/> between two requests from now on, the last one included.</summary>
    public void SlowDown(TimeSpan gap)
    {
        lock (_lock)
        {
            if (gap <= _gap)
                return;
            _gap = gap;
        }

        Pause(gap);
    }

    /// <summary>Keeps count of how the host does.</summary>
    public void Note(bool worked)
    {
        if (worked)
            Volatile.Write(ref _failures, 0);
        else
            Interlocked.Increment(ref _failures);
    }

    // Zero when it is this caller's turn, else how long to wait before asking again: a pause may come in between.
    private TimeSpan TakeTurn()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_next > now)
                return _next - now;
            _next = now + _gap;
            return TimeSpan.Zero;
        }
    }
}
