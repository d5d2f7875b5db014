namespace Smirk.Dataset.Memory;

/// <summary>Keeps the pictures that are decoded at the same time within a number of bytes: many small ones, or one large one
/// alone.</summary>
/// <param name="bytes">The number of bytes.</param>
internal sealed class MemoryBudget(long bytes = MemoryBudget.OneLargePicture)
{
    /// <summary>A picture of a hundred million pixels, the most that is read, and its file.</summary>
    public const long OneLargePicture = 320_000_000;

    /// <summary>Most pixels of one picture; what has more is refused. What import took in was judged there.</summary>
    public long MostPixels { get; init; } = long.MaxValue;

    private readonly object _gate = new();
    private readonly long _all = bytes;
    private long _free = bytes;

    /// <summary>One picture's part of it, taken once its header is known and given back at disposal.</summary>
    public PictureTurn Turn() => new(this);

    /// <summary>Waits until <paramref name="wanted"/> bytes are free and takes them. More than there are in all counts as all. Returns what
    /// is to be given back.</summary>
    internal long Take(long wanted)
    {
        wanted = Math.Clamp(wanted, 0, _all);
        lock (_gate)
        {
            while (_free < wanted)
                Monitor.Wait(_gate);
            _free -= wanted;
        }

        return wanted;
    }

    internal void Return(long taken)
    {
        lock (_gate)
        {
            _free += taken;
            Monitor.PulseAll(_gate);
        }
    }
}
