using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

[Collection(nameof(Live))]
public class ConvolutionTests
{
    // Sums of some hundred products in another order: one part in 20,000 of the largest.
    private const double Tolerance = 5e-5;

    private static readonly string[] Routes = ["none", "avx2", "avx512"];

    [Theory]
    [InlineData("conv_5x5_stride2", 2, 2)]
    [InlineData("conv_4x4_stride2", 2, 1)]
    [InlineData("conv_3x3_stride1", 1, 1)]
    [InlineData("conv_1x1", 1, 0)]
    [InlineData("conv_wide", 2, 2)]
    public void Convolution_and_gradients_of_gradients_equal_PyTorchs(string name, long stride, long padding) =>
        OnAllRoutes(() => Golden.MatchesTwice(name, ["x", "w", "b"], x => x[0].Conv2d(x[1], x[2], stride, padding), Tolerance));

    [Theory]
    [InlineData("transposed_5x5_stride2", 2, 2, 1)]
    [InlineData("transposed_4x4_stride2", 2, 1, 0)]
    [InlineData("transposed_3x3_stride1", 1, 1, 0)]
    [InlineData("transposed_wide", 2, 2, 1)]
    public void Transposed_convolution_and_gradients_of_gradients_equal_PyTorchs(
        string name, long stride, long padding, long outputPadding) => OnAllRoutes(() =>
        Golden.MatchesTwice(name, ["x", "w", "b"], x => x[0].ConvTranspose2d(x[1], x[2], stride, padding, outputPadding), Tolerance));

    [Fact]
    public void Gradient_penalty_through_a_discriminator_equals_PyTorchs() => OnAllRoutes(() =>
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("r1");
        Tensor x = golden.Leaf("x"), w1 = golden.Leaf("w1"), b1 = golden.Leaf("b1"), w2 = golden.Leaf("w2"), w3 = golden.Leaf("w3");
        var h = x.Conv2d(w1, b1, 2, 1).LeakyRelu().Conv2d(w2, null, 2, 1).LeakyRelu();
        var logits = h.Reshape(4, -1).MatMul(w3.Transpose(0, 1));
        var penalty = Autograd.Gradients(logits.Sum(), [x], createGraph: true)[0].Square().Sum([1, 2, 3]).Mean();
        Autograd.Backward((-logits).Softplus().Mean() + (5 * penalty));
        Golden.Near(golden["logits"], logits, Tolerance, "logits");
        Golden.Near(golden["penalty"], penalty, Tolerance, "penalty");
        Golden.Near(golden["grad.w1"], w1.Gradient!, Tolerance, "w1");
        Golden.Near(golden["grad.b1"], b1.Gradient!, Tolerance, "b1");
        Golden.Near(golden["grad.w2"], w2.Gradient!, Tolerance, "w2");
        Golden.Near(golden["grad.w3"], w3.Gradient!, Tolerance, "w3");
    });

    /// <summary>Shapes of networks and odd ones: few and many channels, sizes that no vector or group fits, kernels smaller than the
    /// stride, and at the end some with enough outputs for tiles of four.</summary>
    [Theory]
    [InlineData(2, 3, 16, 64, 5, 2, 2)]
    [InlineData(3, 7, 9, 11, 5, 2, 2)]
    [InlineData(2, 4, 7, 33, 4, 2, 1)]
    [InlineData(1, 1, 16, 17, 4, 2, 1)]
    [InlineData(5, 16, 8, 32, 1, 1, 0)]
    [InlineData(2, 5, 12, 7, 1, 2, 0)]
    [InlineData(3, 6, 10, 20, 3, 3, 1)]
    [InlineData(2, 20, 6, 3, 5, 2, 2)]
    [InlineData(17, 48, 8, 40, 4, 2, 1)]
    [InlineData(2, 200, 4, 70, 5, 2, 2)]
    [InlineData(3, 2, 5, 5, 5, 1, 2)]
    [InlineData(3, 40, 8, 36, 5, 2, 2)]
    [InlineData(2, 33, 16, 50, 4, 2, 1)]
    [InlineData(2, 35, 12, 33, 3, 1, 1)]
    [InlineData(2, 32, 18, 32, 7, 3, 3)]
    [InlineData(64, 33, 16, 20, 4, 2, 1)]
    [InlineData(17, 40, 32, 36, 5, 2, 2)]
    [InlineData(16, 48, 16, 33, 3, 1, 1)]
    [InlineData(8, 32, 72, 18, 7, 3, 3)]
    public void Direct_route_equals_libtorchs_own(long n, long c, long size, long k, long kernel, long stride, long padding)
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(7);
        var (x, w) = (Tensor.RandomNormal([n, c, size, size], generator), Tensor.RandomNormal([k, c, kernel, kernel], generator));
        var g = Tensor.RandomNormal(Map("none", 0, x, w, stride, padding, 0, 0).Shape, generator);
        foreach (var format in (MemoryFormat[])[MemoryFormat.Contiguous, MemoryFormat.ChannelsLast])
        {
            (Tensor A, Tensor B, long Size)[] maps = [(x, w, 0), (g, w, size), (g, x, kernel)];
            for (var map = 0; map < 3; map++)
            {
                var (a, b, length) = maps[map];
                var plain = Map("none", map, a, b, stride, padding, length, length);
                foreach (var kernels in Routes.Where(Choose))
                {
                    var direct = Map(kernels, map, a.Contiguous(format), b.Contiguous(format), stride, padding, length, length);
                    Golden.Near(plain, direct, Tolerance, $"map {map}, {format}, {kernels}");
                }
            }
        }
    }

    /// <summary>Bias and leaky ReLU within a convolution against both after it: values, gradients, and gradients of a penalty on the
    /// gradient.</summary>
    [Theory]
    [InlineData(false, 3, 20, 4, 1, 0.2)]
    [InlineData(false, 36, 20, 4, 1, 0.2)]
    [InlineData(false, 36, 40, 5, 2, 0)]
    [InlineData(true, 36, 3, 4, 1, 0.2)]
    [InlineData(true, 36, 40, 4, 1, 0)]
    [InlineData(true, 40, 20, 5, 2, 0.2)]
    public void Fused_leaky_relu_equals_a_separate_one(
        bool transposed, long inputs, long outputs, long kernel, long padding, double slope) => OnAllRoutes(() =>
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(5);
        var x = Tensor.RandomNormal([3, inputs, 8, 8], generator);
        var w = Tensor.RandomNormal(transposed ? [inputs, outputs, kernel, kernel] : [outputs, inputs, kernel, kernel], generator);
        var b = Tensor.RandomNormal([outputs], generator);
        Tensor[] Run(Func<Tensor, Tensor, Tensor, Tensor> layer)
        {
            Tensor[] leaves = [x.Clone(), w.Clone(), b.Clone()];
            foreach (var leaf in leaves)
                leaf.RequiresGradient = true;
            var y = layer(leaves[0], leaves[1], leaves[2]);
            var slopes = Autograd.Gradients(y.Square().Sum(), [leaves[0]], createGraph: true)[0];
            Autograd.Backward(y.Sum() + slopes.Square().Mean());
            return [y, slopes, .. leaves.Select(leaf => leaf.Gradient!)];
        }

        var outputPadding = kernel % 2;
        Tensor Layer(Tensor x, Tensor w, Tensor b, double inside) =>
            transposed ? x.ConvTranspose2d(w, b, 2, padding, outputPadding, inside) : x.Conv2d(w, b, 2, padding, inside);
        var plain = Run((x, w, b) => Layer(x, w, b, 1).LeakyRelu(slope));
        var fused = Run((x, w, b) => Layer(x, w, b, slope));
        for (var i = 0; i < plain.Length; i++)
            Golden.Near(plain[i], fused[i], Tolerance, $"result {i}");
    });

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void Slopes_that_are_no_leaky_relu_are_refused(double slope)
    {
        using var scope = TensorScope.Open();
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([1, 2, 8, 8]).Conv2d(Tensor.Ones([4, 2, 3, 3]), slope: slope));
    }

    /// <summary>Packed weights are kept between calls: a changed parameter must be noticed, in all three ways to change it.</summary>
    [Fact]
    public void A_changed_weight_is_seen_by_the_next_call()
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(6);
        var (x, g) = (Tensor.RandomNormal([2, 40, 8, 8], generator), Tensor.RandomNormal([2, 36, 4, 4], generator));
        var w = Tensor.RandomNormal([36, 40, 4, 4], generator).Own();
        w.RequiresGradient = true;
        using var adam = new Smirk.Torch.Optimisers.Adam([("w", w)], new Smirk.Torch.Optimisers.AdamOptions { LearningRate = 0.1 });
        Action[] changes =
        [
            () => { },
            () => { using (Autograd.NoGradient()) w.MulInPlace(2); },
            () => { Autograd.Backward(x.Conv2d(w, null, 2, 1).Square().Sum()); adam.Step(); },
            () => { using (Autograd.NoGradient()) w.CopyFrom(Tensor.RandomNormal([36, 40, 4, 4], generator)); },
        ];
        foreach (var change in changes)
        {
            change();
            var plain = w.Detach().Clone();
            Golden.Near(Map("none", 0, x, plain, 2, 1, 0, 0), x.Conv2d(w, null, 2, 1), Tolerance, "forward");
            Golden.Near(Map("none", 1, g, plain, 2, 1, 8, 8), g.ConvTranspose2d(w, null, 2, 1), Tolerance, "transposed");
        }

        w.Dispose();
    }

    [Theory]
    [InlineData(20, 5, 2)]
    [InlineData(40, 4, 1)]
    public void Number_of_threads_changes_no_bit(long channels, long kernel, long padding)
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(3);
        var x = Tensor.RandomNormal([6, channels, 16, 16], generator);
        var w = Tensor.RandomNormal([70, channels, kernel, kernel], generator);
        var g = Tensor.RandomNormal([6, 70, 8, 8], generator);
        float[][] Run(int threads)
        {
            TorchRuntime.SetThreads(threads);
            return
            [
                Map("", 0, x, w, 2, padding, 0, 0).ToArray<float>(),
                Map("", 1, g, w, 2, padding, 16, 16).ToArray<float>(),
                Map("", 2, g, x, 2, padding, kernel, kernel).ToArray<float>(),
            ];
        }

        var one = Run(1);
        Assert.Equal(one, Run(2));
        Assert.Equal(one, Run(5));
        TorchRuntime.SetThreads();
    }

    [Fact]
    public void Frozen_weights_get_no_gradient_and_pass_it_on()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("conv_4x4_stride2");
        var (x, w) = (golden.Leaf("x"), golden["w"]);
        Autograd.Backward(x.Conv2d(w, null, 2, 1).Sum());
        Assert.Null(w.Gradient);
        Assert.NotNull(x.Gradient);
    }

    [Fact]
    public void Wrong_channels_are_said_with_both_shapes()
    {
        using var scope = TensorScope.Open();
        var error = Assert.Throws<TorchArgumentException>(() => Tensor.Ones([1, 3, 8, 8]).Conv2d(Tensor.Ones([4, 2, 3, 3])));
        Assert.Contains("[1, 3, 8, 8]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 2, 3, 3]", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Map(string kernels, int map, Tensor a, Tensor b, long stride, long padding, long height, long width)
    {
        Choose(kernels);
        try
        {
            var status = NativeMethods.ConvolutionMap(map, a.Handle, b.Handle, stride, padding, height, width, out var result);
            return NativeCheck.Take(status, result);
        }
        finally
        {
            Choose("");
        }
    }

    internal static bool Choose(string kernels)
    {
        NativeCheck.Ensure(NativeMethods.ChooseKernels(kernels, out var found));
        return found != 0;
    }

    // What a processor hasn't can't be tested on it.
    private static void OnAllRoutes(Action test)
    {
        try
        {
            foreach (var kernels in Routes.Where(Choose))
                test();
        }
        finally
        {
            Choose("");
        }
    }
}
