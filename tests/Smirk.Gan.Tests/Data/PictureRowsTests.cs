using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests.Data;

public sealed class PictureRowsTests
{
    [Fact]
    public void A_sample_holds_as_many_pictures_as_it_says()
    {
        using var scope = TensorScope.Open();
        var all = new PictureRows(Tensor.Zeros([10, 1, 4, 4], DType.UInt8));
        var some = all.Sample(3, seed: 1);
        Assert.Equal(3, some.Count);
        Assert.Equal([3, 1, 4, 4], some.Take(0, some.Count).Shape);
        Assert.Equal(2, some.Sample(2, seed: 1).Count);
        Assert.Same(all, all.Sample(10, seed: 1));
        Assert.Equal(3, some.Parts(2).Sum(part => part.Count));
    }
}
