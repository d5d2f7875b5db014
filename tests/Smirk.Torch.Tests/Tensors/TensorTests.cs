using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void Elements_come_back_as_they_went_in()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.FromArray([1, 2, 3, 4, 5, 6L], 2, 3);
        Assert.Equal((DType.Int64, 2, 6L, 48L, Device.Cpu), (x.DType, x.Dimensions, x.Count, x.ByteCount, x.Device));
        Assert.Equal([1, 4, 2, 5, 3, 6], x.Transpose(0, 1).ToArray<long>());
        Assert.Equal([1, 2, 3, 4, 5, 6f], x.To(DType.Float32).ToArray<float>());
        Assert.Equal(6, x.Select(0, 1).Select(0, 2).Item<int>());
        Assert.Equal("Int64[2, 3] on cpu", x.ToString());
        Assert.Equal([0, 1, 254], Tensor.FromArray(new byte[] { 0, 1, 254 }).ToBytes());
        Assert.Equal([1.5f, -2f], Tensor.FromArray([1.5f, -2f]).To(DType.BFloat16).To(DType.Float32).ToArray<float>());
        Assert.Empty(Tensor.Zeros([0, 3]).ToArray<float>());
    }

    [Fact]
    public void Mistakes_are_typed_and_say_what_was_given()
    {
        using var scope = TensorScope.Open();
        Assert.Contains("[2, 2]", Assert.Throws<TorchArgumentException>(() => Tensor.FromArray([1f, 2f, 3f], 2, 2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([2]).ToArray<double>());
        Assert.Throws<TorchIndexException>(() => Tensor.Ones([2]).Select(0, 5));
        Assert.ThrowsAny<TorchException>(() => Tensor.Ones([2, 3]) + Tensor.Ones([4]));
        var gone = Tensor.Ones([1]);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gone + 1);
        Assert.Throws<ObjectDisposedException>(() => Tensor.Cat([gone, gone]));
    }

    [Fact]
    public void Indices_equal_PyTorchs()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("indices");
        var x = golden["x"];
        Golden.Near(golden["index_select"], x.IndexSelect(0, golden["index"]), 0);
        Golden.Near(golden["gathered"], x.Gather(0, golden["gather"]), 0);
        Golden.Near(golden["scattered"], Tensor.Zeros([4, 6]).ScatterAdd(0, golden["gather"], Tensor.Ones([3, 6])), 0);
        var (sorted, order) = x.Sort(1, descending: true);
        Golden.Near(golden["sorted"], sorted, 0);
        Golden.Near(golden["order"], order, 0);
        var (top, where) = x.TopK(2, 1);
        Golden.Near(golden["top"], top, 0);
        Golden.Near(golden["top_where"], where, 0);
        var (kth, kthWhere) = x.KthSmallest(3, 1);
        Golden.Near(golden["kth"], kth, 0);
        Golden.Near(golden["kth_where"], kthWhere, 0);
        Golden.Near(golden["argmax"], x.ArgMax(1), 0);
        Golden.Near(golden["argmin"], x.ArgMin(1), 0);
    }

    [Fact]
    public void Joined_and_cut_pieces_are_the_same_again()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.Arange(0, 12).Reshape(3, 4);
        Golden.Near(x, Tensor.Cat(x.Split(1, 1, 3), 1), 0);
        Assert.Equal([2, 3, 4], Tensor.Stack([x, x]).Shape);
        Assert.Equal([3, 1, 4], x.Unsqueeze(1).Shape);
        Assert.Equal([3, 4], x.Unsqueeze(1).Squeeze(1).Shape);
        Assert.Equal([2, 3, 4], x.Unsqueeze(0).Expand(2, -1, -1).Shape);
        Assert.Equal([3f, 2, 1, 0], x.Flip(1).Narrow(0, 0, 1).ToArray<float>());
    }

    [Fact]
    public void Channels_last_keeps_the_elements()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.Arange(0, 2 * 3 * 4 * 4).Reshape(2, 3, 4, 4);
        var y = x.Contiguous(MemoryFormat.ChannelsLast);
        Assert.True(y.IsContiguous(MemoryFormat.ChannelsLast));
        Assert.False(y.IsContiguous());
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    /// <summary>A gradient in another order than its tensor makes every operation before it go through both number by number.</summary>
    [Fact]
    public void The_gradient_of_a_tensor_put_into_another_order_has_the_tensors_own()
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(1);
        var x = Tensor.RandomNormal([2, 3, 4, 4], generator).Contiguous(MemoryFormat.ChannelsLast);
        x.RequiresGradient = true;
        var weight = Tensor.RandomNormal([2, 48], generator);
        foreach (var flat in (Tensor[])[x.Contiguous().Reshape(2, -1), x.Reshape(2, -1)])
        {
            var gradient = Autograd.Gradients((flat * weight).Sum(), [x])[0];
            Assert.True(gradient.IsContiguous(MemoryFormat.ChannelsLast));
            Assert.Equal(weight.ToArray<float>(), gradient.ToArray<float>());
        }
    }
}
