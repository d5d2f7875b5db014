using Smirk.Workspace.Stages;

namespace Smirk.Collect.History;

/// <summary>An address that brought nothing, for collect-failed.tsv.</summary>
/// <param name="Kind">"failed" or "refused".</param>
/// <param name="Address">The address.</param>
/// <param name="Reason">Why.</param>
public sealed record Unfetched(string Kind, string Address, string Reason);

/// <summary>Counts what a run of collect comes upon, and says so. Called from all threads.</summary>
internal sealed class CollectTally(IProgress<StageProgress>? progress, TimeProvider time)
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "collect";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _left = [];
    private readonly List<Unfetched> _unfetched = [];
    private readonly long _started = time.GetTimestamp();
    private long _fetched;
    private long _already;
    private long _alreadyUnusable;
    private long _gone;
    private long _failed;
    private long _refused;
    private long _bytes;
    private long _wanted;
    private Func<StageAdvanced>? _doing;

    /// <summary>Posts read.</summary>
    public long Posts { get; set; }

    /// <summary>Addresses that brought nothing in this run.</summary>
    public IReadOnlyList<Unfetched> Unfetched => _unfetched;

    /// <summary>One more address to fetch.</summary>
    public void Want() => Count(() => _wanted++, listing: true);

    /// <summary>An address that an earlier run dealt with.</summary>
    public void Already(bool fetched) => Count(
        () =>
        {
            _already++;
            _alreadyUnusable += fetched ? 0 : 1;
        },
        listing: true);

    /// <summary>Something that is no picture to fetch.</summary>
    public void Skip(string reason) => Count(() => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1, listing: true);

    /// <summary>A picture or post that was taken down.</summary>
    public void Gone() => Count(() => _gone++, listing: false);

    /// <summary>A picture came.</summary>
    public void Fetch(long received) => Count(
        () =>
        {
            _fetched++;
            _bytes += received;
        },
        listing: false);

    /// <summary>Bytes came that were of no use.</summary>
    public void Receive(long received)
    {
        lock (_gate)
            _bytes += received;
    }

    /// <summary>An address brought nothing.</summary>
    /// <param name="failed">Whether it may another time.</param>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why.</param>
    public void Miss(bool failed, string address, string reason)
    {
        Count(
            () =>
            {
                _failed += failed ? 1 : 0;
                _refused += failed ? 0 : 1;
                _unfetched.Add(new Unfetched(failed ? "failed" : "refused", address, reason));
            },
            listing: false);
        progress?.Report(new StageWarned(Stage, address, reason));
    }

    /// <summary>Says again every second how far it is, until the result is disposed: servers ask for pauses, and git for
    /// patience.</summary>
    public IAsyncDisposable Pulse() => new Timer(
        _ =>
        {
            if (State() is { } state)
                progress?.Report(state);
        },
        null,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(1));

    /// <summary>What is being done where there is nothing to count, such as "fetching ADDRESS"; until something is counted.</summary>
    public void Do(string what)
    {
        var since = time.GetTimestamp();
        lock (_gate)
            _doing = () => new StageAdvanced(Stage, Math.Floor(time.GetElapsedTime(since).TotalSeconds), null, "s", what);
    }

    /// <summary>A line for the person.</summary>
    public void Say(string text) => progress?.Report(new StageSaid(Stage, text));

    /// <summary>The sums, told to the person as well.</summary>
    /// <param name="quiet">Whether to leave that out: nothing was asked for on the web.</param>
    public CollectResult End(bool quiet = false)
    {
        foreach (var (reason, count) in _skipped)
            _left[reason] = count;
        AddLeft("gone", _gone);
        AddLeft("failed", _failed);
        AddLeft("refused", _refused);
        AddLeft("refused or gone before", _alreadyUnusable);
        var onward = _fetched + _already - _alreadyUnusable;
        var counts = new StageCounts(onward + _left.Values.Sum(), onward, _left);
        if (!quiet)
            progress?.Report(new StageEnded(Stage, counts));
        return new CollectResult(_fetched, _already, _gone, _failed, _refused, _skipped, _bytes, Posts)
        {
            Counts = counts,
            LeftAlone = _alreadyUnusable,
        };
    }

    private void AddLeft(string reason, long count)
    {
        if (count > 0)
            _left[reason] = count;
    }

    private void Count(Action add, bool listing)
    {
        StageAdvanced state;
        lock (_gate)
        {
            add();
            _doing = listing ? Listed : Fetched;
            state = _doing();
        }

        progress?.Report(state);
    }

    private StageAdvanced? State()
    {
        lock (_gate)
            return _doing?.Invoke();
    }

    private StageAdvanced Listed() =>
        new($"{Stage}: list", Posts, null, "posts", $"{_wanted} to fetch, {_already} known, {_skipped.Values.Sum()} skipped");

    private StageAdvanced Fetched()
    {
        var done = _fetched + _failed + _refused;
        var rate = _bytes / 1e6 / Math.Max(0.001, time.GetElapsedTime(_started).TotalSeconds);
        return new($"{Stage}: fetch", done, Math.Max(done, _wanted), "pictures",
            $"{rate:0.0} MB/s, {_gone} gone, {_failed} failed, {_refused} refused");
    }
}
