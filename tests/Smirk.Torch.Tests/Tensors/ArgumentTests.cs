using Smirk.Torch.Errors;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

/// <summary>Tensors that don't go together, where native loops would else read or write past one of them.</summary>
public class ArgumentTests
{
    [Fact]
    public void A_gradient_of_another_shape_or_type_is_refused()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.Ones([10]);
        var error = Assert.Throws<TorchArgumentException>(() => x.Gradient = Tensor.Ones([5]));
        Assert.Contains("[10]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[5]", error.Message, StringComparison.Ordinal);
        Assert.Throws<TorchArgumentException>(() => x.Gradient = Tensor.Ones([10], DType.Float64));
        x.Gradient = Tensor.Ones([10]);
        x.Gradient = null;
    }

    [Fact]
    public void A_moving_average_of_another_shape_is_refused()
    {
        using var scope = TensorScope.Open();
        Assert.Throws<TorchArgumentException>(() => MovingAverage.Update([("w", Tensor.Ones([4]))], [("w", Tensor.Ones([1]))], 0.9));
    }

    [Theory]
    [InlineData(3, 4, 4, 4)]
    [InlineData(4, 3, 4, 4)]
    [InlineData(4, 4, 3, 4)]
    [InlineData(4, 4, 4, 3)]
    public void Batch_normalisation_refuses_vectors_of_another_length(int weight, int bias, int mean, int variance)
    {
        using var scope = TensorScope.Open();
        foreach (var training in (bool[])[true, false])
        {
            var error = Assert.Throws<TorchArgumentException>(() => Tensor.Ones([2, 4, 3, 3])
                .BatchNorm(Tensor.Ones([weight]), Tensor.Ones([bias]), Tensor.Ones([mean]), Tensor.Ones([variance]), training));
            Assert.Contains("takes vectors [4], not [3]", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Batch_normalisation_refuses_what_it_cannot_normalise()
    {
        using var scope = TensorScope.Open();
        var one = Tensor.Ones([4]);
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([2, 4, 3, 3]).BatchNorm(one, one, null, null, training: false));
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([4]).BatchNorm(one, one, one, one, training: true));
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([2, 4, 3, 3]).BatchNorm(one, one, one, one, training: true, momentum: 2));
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([2, 4, 3, 3]).BatchNorm(one, one, one, one, training: true, eps: -1));
    }
}
