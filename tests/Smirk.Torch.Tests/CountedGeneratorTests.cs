using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

/// <summary>Numbers by counting: known answers of Philox, and the same ones however and wherever they are drawn.</summary>
public sealed class CountedGeneratorTests
{
    // The one known answer of Random123 (kat_vectors) whose counter's upper half is 0; the rest by the algorithm written out in integers of
    // any length (Salmon et al. 2011, section 3.3).
    [Fact]
    public void Words_are_those_of_the_published_algorithm()
    {
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], Words(0, 0, 4, operations: false));
        Prop.ForAll<ulong, uint>((seed, block) => Philox(seed, block).SequenceEqual(Words(seed, block * 4UL, 4, operations: false)))
            .QuickCheckThrowOnFailure();
    }

    private static uint[] Philox(BigInteger seed, BigInteger block)
    {
        var word = BigInteger.One << 32;
        BigInteger[] c = [block % word, block / word, 0, 0];
        var (left, right) = (seed % word, seed / word);
        for (var round = 0; round < 10; round++)
        {
            var (even, odd) = (c[0] * 0xD2511F53, c[2] * 0xCD9E8D57);
            c = [odd / word ^ c[1] ^ left, odd % word, even / word ^ c[3] ^ right, even % word];
            (left, right) = ((left + 0x9E3779B9) % word, (right + 0xBB67AE85) % word);
        }

        return Array.ConvertAll(c, value => (uint)value);
    }

    [Fact]
    public void What_a_GPU_computes_are_the_same_words() => Prop.ForAll<ulong, uint, byte>((seed, first, count) =>
        Words(seed, first, count, false).SequenceEqual(Words(seed, first, count, true))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_part_of_the_stream_is_what_lies_there_in_the_whole() => Prop.ForAll<ulong, byte, byte>((seed, first, count) =>
        Words(seed, 0, first + count, false)[first..].SequenceEqual(Words(seed, first, count, false))).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_threads_make_the_same_numbers_as_one()
    {
        var before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.SetThreads(1);
            var one = Words(3, 5, 1_000_000, false);
            TorchRuntime.SetThreads(4);
            Assert.Equal(one, Words(3, 5, 1_000_000, false));
        }
        finally
        {
            TorchRuntime.SetThreads(before);
        }
    }

    [Fact]
    public void Numbers_lie_as_they_should()
    {
        using var scope = TensorScope.Open();
        using var random = Generator.Counted(11);
        var normal = Tensor.RandomNormal([200_001], random).ToArray<float>().Select(value => (double)value).ToArray();
        Assert.Equal(0, normal.Average(), 0.01);
        Assert.Equal(1, normal.Average(value => value * value), 0.02);
        Assert.Equal(3, normal.Average(value => Math.Pow(value, 4)), 0.1);
        Assert.Equal(0.0455, normal.Average(value => Math.Abs(value) > 2 ? 1.0 : 0), 0.002);
        Assert.Equal(0, normal.Skip(1).Zip(normal).Average(pair => pair.First * pair.Second), 0.01);
        Assert.Equal(0, normal.Skip(100_001).Zip(normal).Average(pair => pair.First * pair.Second), 0.02);

        var even = Tensor.RandomUniform([100_000], -1, 3, random).ToArray<float>();
        Assert.All(even, value => Assert.InRange(value, -1, 3));
        Assert.Equal(1, even.Average(), 0.02);

        var counts = Tensor.RandomIntegers([60_000], 3, 9, random).ToArray<long>().CountBy(value => value).ToDictionary();
        Assert.Equal([3, 4, 5, 6, 7, 8], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 9_600, 10_400));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), Tensor.RandomPermutation(500, random).ToArray<long>().Order());
    }

    [Fact]
    public void A_saved_state_goes_on_where_it_was()
    {
        using var scope = TensorScope.Open();
        using var a = Generator.Counted(5);
        Tensor.RandomNormal([7], a);
        var state = a.GetState();
        var next = Tensor.RandomUniform([50], -1, 1, a).ToArray<float>();
        using var b = Generator.Counted(99);
        b.SetState(state);
        Assert.Equal(next, Tensor.RandomUniform([50], -1, 1, b).ToArray<float>());
        Assert.ThrowsAny<TorchException>(() => b.SetState([1, 2, 3]));
        Assert.ThrowsAny<TorchException>(() => Tensor.RandomIntegers([1], 5, 5, b));
        Assert.ThrowsAny<TorchException>(() => Tensor.RandomIntegers([1], 0, 1L << 40, b));
    }

    private static uint[] Words(ulong seed, ulong first, long count, bool operations)
    {
        NativeCheck.Ensure(NativeMethods.Philox(seed, first, count, Device.Cpu.Code, operations ? 1 : 0, out var handle));
        using var words = new Tensor(handle).Own();
        return Array.ConvertAll(words.ToArray<int>(), word => unchecked((uint)word));
    }
}
