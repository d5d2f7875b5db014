using Smirk.Torch.Modules;
using Smirk.Torch.Optimisers;

namespace Smirk.Torch.Tests;

public class SmokeTests
{
    [Fact]
    public void Smoke()
    {
        TorchRuntime.SetThreads(2);
        Assert.Equal("1.13", TorchRuntime.Version[..4]);
        var before = Tensor.LiveCount;
        using (var generator = new Generator(1))
        {
            using var conv = new Conv2d(3, 8, 5, generator, stride: 2, padding: 2);
            using var up = new ConvTranspose2d(8, 3, 5, generator, stride: 2);
            using var norm = new BatchNorm2d(8, generator);
            using var adam = new Adam([.. conv.Parameters(), .. up.Parameters(), .. norm.Parameters()], new AdamOptions());
            float first = 0, last = 0;
            for (var i = 0; i < 20; i++)
            {
                using var scope = TensorScope.Open();
                var x = Tensor.Ones([4, 3, 16, 16]);
                x.RequiresGradient = true;
                var y = up.Forward(norm.Forward(conv.Forward(x)).LeakyRelu());
                Assert.Equal([4, 3, 16, 16], y.Shape);
                var g = Autograd.Gradients((y * y).Sum(), [x], createGraph: true);
                var loss = (y - x).Square().Mean() + (g[0].Square().Sum() * 0.01);
                adam.ClearGradients();
                Autograd.Backward(loss);
                adam.Step();
                if (i == 0)
                    first = loss.ToFloat();
                last = loss.ToFloat();
            }

            Assert.True(last < first, $"{first} {last}");
        }

        Assert.Equal(before, Tensor.LiveCount);
    }

    [Theory]
    [InlineData(0, typeof(TorchOutOfMemoryException))]
    [InlineData(1, typeof(TorchArgumentException))]
    [InlineData(2, typeof(TorchIndexException))]
    [InlineData(3, typeof(TorchNotImplementedException))]
    [InlineData(4, typeof(TorchFailureException))]
    [InlineData(5, typeof(TorchIndexException))]
    [InlineData(6, typeof(TorchArgumentException))]
    [InlineData(7, typeof(TorchUnknownException))]
    [InlineData(8, typeof(TorchArgumentException))]
    public void Throws(int kind, Type type)
    {
        var error = Record.Exception(() => Bindings.NativeCheck.Ensure(Bindings.NativeMethods.Throw(kind)));
        Assert.IsType(type, error);
        TestContext.Current.TestOutputHelper!.WriteLine(error.Message);
    }
}
