using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Data;

/// <summary>The order in which pictures are shown: every picture once an epoch, shuffled anew each time. A pure function of seed and
/// position, so a resumed run goes on where it stopped.</summary>
/// <param name="rows">The rows to draw from.</param>
/// <param name="seed">The run's seed.</param>
public sealed class DataOrder(IReadOnlyList<int> rows, ulong seed)
{
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>The rows at positions <paramref name="from"/> … <paramref name="from"/> + <paramref name="count"/> − 1 of the endless
    /// sequence.</summary>
    public long[] Take(long from, int count)
    {
        var taken = new long[count];
        for (var i = 0; i < count; i++)
        {
            var (epoch, place) = Math.DivRem(from + i, rows.Count);
            if (epoch != _epoch)
                Shuffle(epoch);
            taken[i] = _order[place];
        }

        return taken;
    }

    private void Shuffle(long epoch)
    {
        _epoch = epoch;
        _order = [.. rows];
        new Random((int)Seed.Derive(seed, $"epoch {epoch}")).Shuffle(_order);
    }
}
