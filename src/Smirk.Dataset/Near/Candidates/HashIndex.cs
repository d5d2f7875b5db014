using Smirk.Dataset.Near.Hashes;

namespace Smirk.Dataset.Near.Candidates;

/// <summary>Finds all hashes within a radius, none left out: by scanning them all while they are few, by multi-index hashing
/// beyond.</summary>
/// <remarks>Multi-index hashing (Norouzi, Punjani, Fleet 2012): two hashes within 31 bits of each other agree in at least one of their 16
/// parts but for one bit.
/// Adding and searching must not overlap in time; searches may run on all cores.</remarks>
public sealed class HashIndex
{
    /// <summary>The largest radius: each of the 16 parts is looked up with up to one bit changed.</summary>
    public const int LargestRadius = 31;

    // Where 272 lookups begin to cost less than comparing every hash, as bench/near --index shows.
    private const int ScanUpTo = 8_000;

    private const int Parts = 16;

    private Hash256[] _hashes = new Hash256[256];
    private List<int>?[]? _buckets;

    /// <summary>How many hashes are held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a hash; it gets the number <see cref="Count"/>.</summary>
    public void Add(in Hash256 hash)
    {
        if (Count == _hashes.Length)
            Array.Resize(ref _hashes, 2 * Count);
        _hashes[Count] = hash;
        if (_buckets is not null)
            File(Count);
        Count++;
        if (_buckets is null && Count > ScanUpTo)
        {
            _buckets = new List<int>?[Parts << 16];
            for (var i = 0; i < Count; i++)
                File(i);
        }
    }

    /// <summary>Adds the numbers of all hashes within <paramref name="radius"/> bits of <paramref name="hash"/> to
    /// <paramref name="found"/>; may name one more than once.</summary>
    public void Search(in Hash256 hash, int radius, List<int> found)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, LargestRadius);
        if (_buckets is null)
            HammingScan.Search(_hashes.AsSpan(0, Count), hash, radius, found);
        else
            SearchParts(hash, radius, found);
    }

    /// <summary>The same by comparing every hash: what <see cref="Search"/> is tested against.</summary>
    internal void Scan(in Hash256 hash, int radius, List<int> found) => HammingScan.Search(_hashes.AsSpan(0, Count), hash, radius, found);

    private void SearchParts(in Hash256 hash, int radius, List<int> found)
    {
        for (var part = 0; part < Parts; part++)
        {
            var key = hash.Part(part);
            Look(part, key, hash, radius, found);
            for (var bit = 0; bit < 16; bit++)
                Look(part, key ^ (1 << bit), hash, radius, found);
        }
    }

    private void Look(int part, int key, in Hash256 hash, int radius, List<int> found)
    {
        if (_buckets![(part << 16) + key] is not { } bucket)
            return;
        foreach (var i in bucket)
        {
            if (_hashes[i].Distance(hash) <= radius)
                found.Add(i);
        }
    }

    private void File(int index)
    {
        for (var part = 0; part < Parts; part++)
            (_buckets![(part << 16) + _hashes[index].Part(part)] ??= []).Add(index);
    }
}
