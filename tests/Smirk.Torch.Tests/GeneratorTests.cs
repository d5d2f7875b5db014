using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

public class GeneratorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_others_dont_disturb_it()
    {
        using var scope = TensorScope.Open();
        using var a = new Generator(5);
        using var b = new Generator(5);
        using var other = new Generator(6);
        var first = Tensor.RandomNormal([100], a).ToArray<float>();
        Assert.NotEqual(first, Tensor.RandomNormal([100], other).ToArray<float>());
        Assert.Equal(first, Tensor.RandomNormal([100], b).ToArray<float>());
    }

    [Fact]
    public void A_saved_state_goes_on_where_it_was()
    {
        using var scope = TensorScope.Open();
        using var a = new Generator(5);
        Tensor.RandomNormal([7], a);
        var state = a.GetState();
        var next = Tensor.RandomUniform([50], -1, 1, a).ToArray<float>();
        using var b = new Generator(99);
        b.SetState(state);
        Assert.Equal(next, Tensor.RandomUniform([50], -1, 1, b).ToArray<float>());
        Assert.All(next, value => Assert.InRange(value, -1, 1));
        Assert.ThrowsAny<TorchException>(() => b.SetState([1, 2, 3]));
    }

    [Fact]
    public void Permutations_and_integers_stay_in_range()
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(1);
        var order = Tensor.RandomPermutation(50, generator).ToArray<long>();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), order.Order());
        Assert.All(Tensor.RandomIntegers([200], 3, 6, generator).ToArray<long>(), value => Assert.InRange(value, 3, 5));
    }
}
