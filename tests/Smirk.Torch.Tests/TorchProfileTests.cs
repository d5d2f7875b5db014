using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

[Collection(nameof(Live))]
public class TorchProfileTests
{
    [Fact]
    public void Of_adds_up_operations_by_name_and_shape()
    {
        using var scope = TensorScope.Open();
        var (x, w) = (Tensor.Ones([2, 3, 8, 8]), Tensor.Ones([4, 3, 4, 4]));
        var lines = TorchProfile.Of(() =>
        {
            for (var i = 0; i < 3; i++)
                _ = x.Conv2d(w, null, 2, 1).Tanh();
        });
        Assert.Equal(3, Assert.Single(lines, line => line.Name == "convolution forward [2, 3, 8, 8] [4, 3, 4, 4]").Calls);
        var tanh = Assert.Single(lines, line => line.Name == "aten::tanh [2, 4, 4, 4]");
        Assert.Equal(3, tanh.Calls);
        Assert.InRange(tanh.Seconds, 3 * tanh.Least, 10);
    }

    [Fact]
    public void A_profile_inside_a_profile_is_refused() =>
        Assert.Throws<TorchArgumentException>(() => TorchProfile.Of(() => TorchProfile.Of(() => { })));
}
