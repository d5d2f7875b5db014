namespace Smirk.Dataset.Near.Cluster;

/// <summary>Sets that only grow together.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    /// <summary>The number that stands for the set of <paramref name="item"/>.</summary>
    public int Find(int item)
    {
        while (_parents[item] != item)
            item = _parents[item] = _parents[_parents[item]];
        return item;
    }

    /// <summary>Joins two sets; the lower number stands for both.</summary>
    public void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a != b)
            _parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
