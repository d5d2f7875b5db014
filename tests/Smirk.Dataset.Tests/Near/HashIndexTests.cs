using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Hashes;

namespace Smirk.Dataset.Tests.Near;

public class HashIndexTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(12_000)]
    public void Search_finds_all_that_a_plain_scan_finds(int count)
    {
        var random = new Random(count);
        var index = new HashIndex();
        var hashes = new Hash256[count];
        for (var i = 0; i < count; i++)
        {
            // Half of them near an earlier one, at any distance up to beyond the radius.
            hashes[i] = i > 10 && i % 2 == 0 ? Flip(hashes[random.Next(i)], random.Next(48), random) : Any(random);
            index.Add(hashes[i]);
        }

        for (var i = 0; i < 200; i++)
        {
            var (query, radius) = (Flip(hashes[random.Next(count)], random.Next(40), random), random.Next(HashIndex.LargestRadius + 1));
            List<int> found = [], expected = [];
            index.Search(query, radius, found);
            HammingScan.SearchPlain(hashes, query, radius, expected);
            Assert.Equal(expected, found.Distinct().Order());
        }
    }

    [Fact]
    public void Search_refuses_a_radius_that_its_parts_cannot_cover() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashIndex().Search(default, HashIndex.LargestRadius + 1, []));

    private static Hash256 Any(Random random) =>
        new((ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64());

    private static Hash256 Flip(Hash256 hash, int bits, Random random)
    {
        for (; bits > 0; bits--)
        {
            var mask = 1UL << random.Next(64);
            hash = random.Next(4) switch
            {
                0 => hash with { A = hash.A ^ mask },
                1 => hash with { B = hash.B ^ mask },
                2 => hash with { C = hash.C ^ mask },
                _ => hash with { D = hash.D ^ mask },
            };
        }

        return hash;
    }
}
