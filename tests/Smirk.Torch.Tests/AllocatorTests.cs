using Smirk.Torch.Bindings;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

/// <summary>Memory that is kept for the next tensors: 2 GB at most, of the sizes that are in use now. The tests write to none of it, so it
/// takes no room.</summary>
[Collection(nameof(Live))]
public class AllocatorTests
{
    private const long MostKept = 2L << 30;

    [Fact]
    public void Blocks_of_a_new_size_are_kept_though_2_GB_of_other_sizes_are_unused()
    {
        FillWithOtherSizes();
        Assert.InRange(Memory().Kept, MostKept / 2, MostKept);

        // Once from the system, then again and again from what is kept.
        using (Tensor.Empty([75_000_000]))
        {
        }

        var before = Memory();
        for (var i = 0; i < 10; i++)
        {
            using var again = Tensor.Empty([75_000_000]);
        }

        var after = Memory();
        Assert.Equal(before.Fetched, after.Fetched);
        Assert.Equal(before.Reused + 10, after.Reused);
        Assert.InRange(after.Kept, 1, MostKept);
    }

    [Fact]
    public void A_block_larger_than_all_that_may_be_kept_goes_back_to_the_system()
    {
        using (Tensor.Empty([MostKept + 1], DType.UInt8))
        {
        }

        Assert.InRange(Memory().Kept, 0, MostKept);
    }

    [Fact]
    public void Training_on_one_size_after_another_never_keeps_more_than_2_GB()
    {
        for (var size = 1L << 20; size < 1L << 30; size = size * 9 / 8)
        {
            using var scope = TensorScope.Open();
            _ = Tensor.Empty([size], DType.UInt8);
            _ = Tensor.Empty([size], DType.UInt8);
            Assert.InRange(Memory().Kept, 0, MostKept);
        }

        Assert.InRange(Memory().Kept, 0, MostKept);
    }

    private static void FillWithOtherSizes()
    {
        using var scope = TensorScope.Open();
        for (var i = 0; i < 24; i++)
            _ = Tensor.Empty([100_000_000L + (i * 10_000_000L)], DType.UInt8);
    }

    private static (long Kept, long Fetched, long Reused) Memory()
    {
        NativeCheck.Ensure(NativeMethods.Memory(out var kept, out var fetched, out var reused));
        return (kept, fetched, reused);
    }
}
