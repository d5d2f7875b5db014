using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

[Collection(nameof(Live))]
public class BatchNormTests
{
    /// <summary>The loops for pictures in channels-last order against libtorch's own, with the activation inside and behind: values,
    /// running statistics, gradients, gradients of a penalty on the gradient.</summary>
    [Theory]
    [InlineData(3, 1, 0.2, 0)]
    [InlineData(8, 8, 1, 0)]
    [InlineData(20, 5, 0, 0)]
    [InlineData(64, 9, 0, 50)]
    [InlineData(100, 4, 0.2, -3)]
    [InlineData(129, 2, 0.2, 0)]
    public void Batch_norm_channels_last_equals_libtorchs(long channels, long size, double slope, double middle)
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(3);
        var x = (Tensor.RandomNormal([7, channels, size, size], generator) + middle).Contiguous(MemoryFormat.ChannelsLast);
        var (weight, bias) = (Tensor.RandomNormal([channels], generator), Tensor.RandomNormal([channels], generator));
        var seed = Tensor.RandomNormal([7, channels, size, size], generator);
        try
        {
            var plain = Run("none", (x, w, b, mean, variance) =>
            {
                var y = x.BatchNorm(w, b, mean, variance, training: true);
                return slope == 1 ? y : slope == 0 ? y.Relu() : y.LeakyRelu(slope);
            });
            foreach (var kernels in (string[])["avx2", "avx512", "none"])
            {
                if (!ConvolutionTests.Choose(kernels))
                    continue;
                var fused = Run(kernels, (x, w, b, mean, variance) => x.BatchNorm(w, b, mean, variance, training: true, slope: slope));
                for (var i = 0; i < plain.Length; i++)
                    Golden.Near(plain[i], fused[i], 2e-4, $"result {i} by {kernels}");
            }
        }
        finally
        {
            ConvolutionTests.Choose("");
        }

        Tensor[] Run(string kernels, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor> layer)
        {
            ConvolutionTests.Choose(kernels);
            Tensor[] leaves = [x.Clone(), weight.Clone(), bias.Clone()];
            foreach (var leaf in leaves)
                leaf.RequiresGradient = true;
            var (mean, variance) = (Tensor.Zeros([channels]), Tensor.Ones([channels]));
            var y = layer(leaves[0], leaves[1], leaves[2], mean, variance);
            var once = Autograd.Gradients((y * seed).Sum(), leaves, createGraph: false, retainGraph: true);
            var slopes = Autograd.Gradients((y * seed).Sum(), [leaves[0]], createGraph: true)[0];
            Autograd.Backward(slopes.Square().Sum());
            return [y, mean, variance, .. once, slopes, .. leaves[..2].Select(leaf => leaf.Gradient!)];
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void Slopes_that_are_no_leaky_relu_are_refused(double slope)
    {
        using var scope = TensorScope.Open();
        Assert.Throws<TorchArgumentException>(
            () => Tensor.Ones([2, 8, 4, 4]).BatchNorm(null, null, null, null, training: true, slope: slope));
    }
}
