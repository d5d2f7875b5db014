using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

/// <summary>A generator that several processes share: together they draw what one would.</summary>
public sealed class SharedGeneratorTests
{
    [Fact]
    public void The_parts_of_all_processes_are_what_one_process_draws()
    {
        using var one = Generator.Counted(7);
        using var first = Generator.Counted(7, 0, 2);
        using var second = Generator.Counted(7, 1, 2);
        foreach (var draw in new Func<Generator, long, Tensor>[]
        {
            (random, count) => Tensor.RandomNormal([count, 3], random),
            (random, count) => Tensor.RandomUniform([count, 1, 1, 1], 2, 5, random),
            (random, count) => Tensor.RandomIntegers([count], 0, 100, random).To(DType.Float32),
        })
        {
            using var scope = TensorScope.Open();
            float[] parts = [.. draw(first, 4).ToArray<float>(), .. draw(second, 4).ToArray<float>()];
            Assert.Equal(draw(one, 8).ToArray<float>(), parts);
        }

        Assert.Equal(one.GetState(), first.GetState());
        Assert.Equal(one.GetState(), second.GetState());
    }

    [Fact]
    public void What_is_drawn_in_common_is_the_same_for_all()
    {
        using var first = Generator.Counted(7, 0, 2);
        using var second = Generator.Counted(7, 1, 2);
        using var scope = TensorScope.Open();
        Assert.Equal(Tensor.RandomIntegers([2], 0, 1000, first.Common).ToArray<long>(),
            Tensor.RandomIntegers([2], 0, 1000, second.Common).ToArray<long>());
        Assert.NotEqual(Tensor.RandomNormal([2], first).ToArray<float>(), Tensor.RandomNormal([2], second).ToArray<float>());
    }
}
