namespace Smirk.Dataset.Collect.Import;

/// <summary>Keeps the pictures that are decoded at the same time within a number of bytes: many small ones, or one large one alone.</summary>
/// <param name="bytes">The number of bytes.</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly long _all = bytes;
    private readonly object _gate = new();
    private long _free = bytes;

    /// <summary>Waits until <paramref name="wanted"/> bytes are free, takes them, and gives them back at disposal. More than there are in all counts as all.</summary>
    public Share Take(long wanted)
    {
        wanted = Math.Clamp(wanted, 0, _all);
        lock (_gate)
        {
            while (_free < wanted)
                Monitor.Wait(_gate);
            _free -= wanted;
        }

        return new Share(this, wanted);
    }

    private void Return(long taken)
    {
        lock (_gate)
        {
            _free += taken;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was taken.</summary>
    public readonly struct Share : IDisposable
    {
        private readonly MemoryBudget _budget;
        private readonly long _taken;

        internal Share(MemoryBudget budget, long taken) => (_budget, _taken) = (budget, taken);

        /// <summary>Gives it back.</summary>
        public void Dispose() => _budget.Return(_taken);
    }
}
