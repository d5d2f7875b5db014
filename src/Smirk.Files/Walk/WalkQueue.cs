using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>A piece of scanning. One of <see cref="ListJob"/>, <see cref="LookJob"/>.</summary>
internal abstract class WalkJob;

/// <summary>A folder to open and list.</summary>
internal sealed class ListJob(int parent, RawPath name, bool follow) : WalkJob
{
    public int Parent { get; } = parent;

    public RawPath Name { get; } = name;

    /// <summary>The name may be a link: the person gave it, or links are followed.</summary>
    public bool Follow { get; } = follow;
}

/// <summary>Some entries of a large folder, listed by another thread. Owns the entries' memory and a share of the folder.</summary>
internal sealed unsafe class LookJob(OpenFolder folder, byte* entries, int length) : WalkJob
{
    public OpenFolder Folder { get; } = folder;

    public byte* Entries { get; } = entries;

    public int Length { get; } = length;
}

/// <summary>What is left to scan. The last added is taken first, which keeps the queue short.</summary>
internal sealed class WalkQueue
{
    // More than this and the thread that lists does the looking as well, so that memory stays bounded.
    private const int EnoughWaiting = 32;

    private readonly object _gate = new();
    private readonly Stack<WalkJob> _waiting = new();
    private int _running;

    public bool HasEnough
    {
        get
        {
            lock (_gate)
                return _waiting.Count >= EnoughWaiting;
        }
    }

    public void Add(WalkJob job)
    {
        lock (_gate)
        {
            _waiting.Push(job);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes jobs until none is left and none is running that could add one.</summary>
    public void Process(Action<WalkJob> work, CancellationToken cancel)
    {
        while (Take(cancel) is { } job)
        {
            try
            {
                work(job);
            }
            finally
            {
                lock (_gate)
                {
                    if (--_running == 0)
                        Monitor.PulseAll(_gate);
                }
            }
        }
    }

    private WalkJob? Take(CancellationToken cancel)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && _running > 0)
                Monitor.Wait(_gate);
            if (_waiting.Count == 0 || cancel.IsCancellationRequested)
                return null;
            _running++;
            return _waiting.Pop();
        }
    }
}
