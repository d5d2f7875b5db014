using System.Diagnostics;
using Smirk.Torch.Distributed;
using Smirk.Torch.Errors;

namespace Smirk.Gan.Train.Ranks;

/// <summary>Notices when a process of a team is gone, by a sign of life from each every second, whatever its other threads do.</summary>
/// <remarks>Rank 0 looks after all others, and they after it: the store is asked little, however many there are. Who finds out first writes
/// it down in the store, so that all say the same.</remarks>
internal sealed class Watch : IDisposable
{
    private const string Ended = "ended";
    private const string Trouble = "trouble";
    private const string StopAsked = "stop";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A process that is only slow, on a machine that is busy or swaps, mustn't be taken for dead. Once a connection has broken it is clear
    // that somebody is, and only the question who.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SilenceInTrouble = TimeSpan.FromSeconds(5);

    private readonly ProcessStore _store;
    private readonly LaunchPlace _place;
    private readonly IReadOnlyList<Member> _members;
    private readonly int[] _others;
    private readonly Dictionary<int, (string Sign, TimeSpan At)> _seen = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _turn = new();
    private readonly Timer _storeWatch;
    private readonly Thread _thread;
    private readonly CancellationToken _asked;
    private long _answered;
    private volatile bool _trouble;
    private string? _loss;

    /// <summary>Begins.</summary>
    /// <param name="store">A connection that is used by nothing else; disposed with this.</param>
    /// <param name="place">Where this process stands.</param>
    /// <param name="members">All processes.</param>
    /// <param name="asked">Set when this process is told to stop: rank 0 hears of it.</param>
    public Watch(ProcessStore store, LaunchPlace place, IReadOnlyList<Member> members, CancellationToken asked)
    {
        (_store, _place, _members, _asked) = (store, place, members, asked);
        _others = place.Rank == 0 ? [.. Enumerable.Range(1, place.Size - 1)] : [0];
        foreach (var other in _others)
            _seen[other] = ("", TimeSpan.Zero);
        _thread = new Thread(Run) { IsBackground = true, Name = "ranks" };
        _storeWatch = new Timer(_ => CheckStore(), null, Beat, Beat);
        _thread.Start();
    }

    /// <summary>Called once, on another thread, when a process is gone.</summary>
    public event Action? Lost;

    /// <summary>Set when any process was told to stop, at rank 0, or when one is gone.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Who is gone and what it said, if it could; null while all are there.</summary>
    public string? Loss => Volatile.Read(ref _loss);

    /// <summary>A connection has broken: finds out whose.</summary>
    /// <param name="patience">How long to look.</param>
    /// <returns>As <see cref="Loss"/>.</returns>
    public string? Explain(TimeSpan patience)
    {
        _trouble = true;
        var until = _clock.Elapsed + patience;
        while (Loss is null && _clock.Elapsed < until)
            Thread.Sleep(100);
        return Loss;
    }

    /// <summary>Tells the others that this process ends, and why; waits until they have had time to read it where the store ends with
    /// it.</summary>
    public void TellEnd(string reason)
    {
        // A store that hangs tells nobody.
        if (Interlocked.CompareExchange(ref _loss, reason, null) is not null || !_turn.TryEnter(SilenceInTrouble))
            return;
        try
        {
            Try(() => _store.Set(Ended, reason));
        }
        finally
        {
            _turn.Exit();
        }

        if (_place.Rank == 0 && !_place.LauncherServes)
            Thread.Sleep(3 * Beat);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Cancel();
        _storeWatch.Dispose();
        if (_thread.Join(2 * Beat))
            _store.Dispose();
    }

    private void Run()
    {
        for (long beat = 0; !_over.IsCancellationRequested; beat++)
        {
            try
            {
                lock (_turn)
                    Look(beat);
                Interlocked.Exchange(ref _answered, _clock.ElapsedMilliseconds);
            }
            catch (TorchException) when (_over.IsCancellationRequested)
            {
                return;
            }
            catch (TorchException)
            {
                NoteLost(_place.LauncherServes ? "the launcher, which serves the store, is gone" : $"{_members[0].Name} is gone");
                return;
            }

            _over.Token.WaitHandle.WaitOne(Beat);
        }
    }

    private void Look(long beat)
    {
        _store.Set($"alive/{_place.Rank}", $"{beat}");
        if (_trouble)
            _store.Set(Trouble, "");
        if (_asked.IsCancellationRequested && _place.Rank > 0)
            _store.Set(StopAsked, "");
        if (_store.Get(Ended) is { } ended)
            NoteLost(ended);
        if (_place.Rank == 0 && _store.Get(StopAsked) is not null)
            _stop.Cancel();
        _trouble |= _store.Get(Trouble) is not null;
        var limit = _trouble ? SilenceInTrouble : Silence;
        foreach (var rank in _others)
        {
            var sign = _store.Get($"alive/{rank}") ?? "";
            if (sign != _seen[rank].Sign)
                _seen[rank] = (sign, _clock.Elapsed);
            else if (_clock.Elapsed - _seen[rank].At > limit && _loss is null)
            {
                var reason = $"{_members[rank].Name} is gone: no sign of life for {limit.TotalSeconds:0} s";
                Try(() => _store.Set(Ended, reason));
                NoteLost(reason);
            }
        }
    }

    // The store itself may hang, with the machine that it is on.
    private void CheckStore()
    {
        if (_clock.ElapsedMilliseconds - Interlocked.Read(ref _answered) > Silence.TotalMilliseconds)
            NoteLost(_place.LauncherServes
                ? $"the launcher's store at {_place.Host}:{_place.Port} hasn't answered for {Silence.TotalSeconds:0} s"
                : $"{_members[0].Name} hasn't answered for {Silence.TotalSeconds:0} s");
    }

    // Without the lock: who holds it may be waiting for the store.
    private void NoteLost(string reason)
    {
        if (Interlocked.CompareExchange(ref _loss, reason, null) is not null)
            return;
        _stop.Cancel();
        Lost?.Invoke();
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (TorchException)
        {
            // The store is gone with whoever served it.
        }
    }
}
