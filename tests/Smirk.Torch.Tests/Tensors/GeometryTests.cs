using FsCheck;
using FsCheck.Fluent;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

/// <summary>Sizes that don't fit: each gives the right shape or a typed exception, whatever the route. A trap or a crash would end the
/// run.</summary>
[Collection(nameof(Live))]
public class GeometryTests
{
    private const double Tolerance = 5e-5;

    private static readonly string[] Routes = ["none", "avx2", "avx512"];

    // What no size may be, what one may be, and what overflows when it is multiplied or added to.
    private static readonly long[] Sizes =
        [long.MinValue, -(1L << 32), -3, -1, 0, 1, 2, 3, 4, 5, 8, (1L << 24) + 1, 1L << 31, 1L << 32, 1L << 62, long.MaxValue];

    private sealed record Convolution(
        long N, long C, long Height, long Width, long K, long Rows, long Taps, long Stride, long Padding, long OutputPadding)
    {
        public long[] Input => [N, C, Height, Width];

        public long[] Output => [N, K, Places(Height, Rows), Places(Width, Taps)];

        public long[] Transposed => [N, K, Grown(Height, Rows), Grown(Width, Taps)];

        private long Places(long size, long kernel) => (long)Math.Floor((size + (2 * Padding) - kernel) / (double)Stride) + 1;

        private long Grown(long size, long kernel) => ((size - 1) * Stride) - (2 * Padding) + kernel + OutputPadding;
    }

    private static Gen<Convolution> Convolutions(int channels, int sides) =>
        from n in Gen.Choose(0, 2)
        from c in Gen.Choose(1, channels)
        from height in Gen.Choose(1, sides)
        from width in Gen.Choose(1, sides)
        from k in Gen.Choose(1, channels)
        from rows in Gen.Choose(1, 6)
        from taps in Gen.Choose(1, 6)
        from stride in Gen.Choose(-1, 7)
        from padding in Gen.Choose(-1, 4)
        from outputPadding in Gen.Choose(-1, 3)
        select new Convolution(n, c, height, width, k, rows, taps, stride, padding, outputPadding);

    [Fact]
    public void Convolution_of_any_geometry_has_the_right_shape_and_gradients_on_every_route_or_is_refused() =>
        Prop.ForAll(Convolutions(5, 9).ToArbitrary(), g => SameOnAllRoutes(g, transposed: false))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Transposed_convolution_of_any_geometry_has_the_right_shape_and_gradients_on_every_route_or_is_refused() =>
        Prop.ForAll(Convolutions(5, 9).ToArbitrary(), g => SameOnAllRoutes(g, transposed: true))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Convolution_of_many_channels_and_any_geometry_equals_libtorchs() =>
        Prop.ForAll(Convolutions(40, 16).ToArbitrary(), g => SameOnAllRoutes(g, false) && SameOnAllRoutes(g, true))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(4, 4, 2, 1, "window of 4 doesn't fit into 3 pixels")]
    [InlineData(2, 1, 1, 0, "window of 2 doesn't fit into 1 pixels")]
    [InlineData(1, 1, 0, 0, "stride of a convolution must be from 1 to 16777216, not 0")]
    [InlineData(1, 1, -2, 0, "stride of a convolution must be from 1 to 16777216, not -2")]
    [InlineData(1, 1, 1, -1, "padding of a convolution must be from 0 to 16777216, not -1")]
    public void A_convolution_without_output_says_what_is_wrong(long rows, long taps, long stride, long padding, string said)
    {
        using var scope = TensorScope.Open();
        Tensor x = Tensor.Ones([1, 3, 1, 1]), w = Tensor.Ones([2, 3, rows, taps]);
        var error = Assert.Throws<TorchArgumentException>(() => x.Conv2d(w, null, stride, padding));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_convolution_without_output_says_what_is_wrong()
    {
        using var scope = TensorScope.Open();
        Tensor x = Tensor.Ones([1, 3, 1, 1]), w = Tensor.Ones([3, 2, 4, 4]);
        var error = Assert.Throws<TorchArgumentException>(() => x.ConvTranspose2d(w, null, 2, 2));
        Assert.Contains("a padding of 2 on both sides takes away all of its 4 pixels", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A 1×1 kernel, a stride of 2 and a padding of 1 see nothing but padding: the input has a gradient, which is zero.</summary>
    [Fact]
    public void A_convolution_that_sees_only_padding_has_a_gradient_of_zero()
    {
        foreach (var kernels in Routes.Where(ConvolutionTests.Choose))
        {
            using var scope = TensorScope.Open();
            var x = Tensor.Ones([1, 3, 1, 1]);
            x.RequiresGradient = true;
            Autograd.Backward(x.Conv2d(Tensor.Ones([2, 3, 1, 1]), null, 2, 1).Sum());
            Assert.Equal([0f, 0f, 0f], x.Gradient!.ToArray<float>());
        }

        ConvolutionTests.Choose("");
    }

    [Fact]
    public void A_stride_far_longer_than_the_picture_takes_no_time()
    {
        using var scope = TensorScope.Open();
        var y = Tensor.Ones([1, 8, 1, 1]).ConvTranspose2d(Tensor.Ones([8, 8, 3, 3]), null, 1 << 20);
        Assert.Equal([1L, 8, 3, 3], y.Shape);
        Assert.Equal(8, y.Max().ToFloat());
    }

    [Fact]
    public void A_bias_of_another_type_is_refused()
    {
        using var scope = TensorScope.Open();
        Tensor x = Tensor.Ones([1, 3, 4, 4]), w = Tensor.Ones([2, 3, 3, 3]), b = Tensor.Ones([2], DType.Float64);
        Assert.Throws<TorchArgumentException>(() => x.Conv2d(w, b));
    }

    private static readonly Dictionary<string, Func<Tensor, long[], Tensor>> Operations = new()
    {
        ["conv2d"] = (x, a) => x.Conv2d(Tensor.Ones([2, 4, 2, 2]), null, a[0], a[1]),
        ["conv_transpose2d"] = (x, a) => x.ConvTranspose2d(Tensor.Ones([4, 2, 2, 2]), null, a[0], a[1], a[2]),
        ["pixel_shuffle"] = (x, a) => x.PixelShuffle(a[0]),
        ["pixel_unshuffle"] = (x, a) => x.PixelUnshuffle(a[0]),
        ["pad_constant"] = (x, a) => x.Pad(a[0], a[1], a[2], a[3]),
        ["pad_reflect"] = (x, a) => x.Pad(a[0], a[1], a[2], a[3], PadMode.Reflect),
        ["pad_replicate"] = (x, a) => x.Pad(a[0], a[1], a[2], a[3], PadMode.Replicate),
        ["pad_unknown"] = (x, a) => x.Pad(a[0], a[1], a[2], a[3], (PadMode)7),
        ["avg_pool2d"] = (x, a) => x.AvgPool2d(a[0], a[1], a[2]),
        ["nearest"] = (x, a) => x.Interpolate(a[0], a[1], Interpolation.Nearest),
        ["bilinear"] = (x, a) => x.Interpolate(a[0], a[1], Interpolation.Bilinear),
        ["affine_grid"] = (_, a) => Tensor.AffineGrid(Tensor.Ones([2, 2, 3]), a[0], a[1], a[2]),
        ["narrow"] = (x, a) => x.Narrow(a[0], a[1], a[2]),
        ["select"] = (x, a) => x.Select(a[0], a[1]),
        ["expand"] = (x, a) => x.Expand(a),
        ["reshape"] = (x, a) => x.Reshape(a),
        ["permute"] = (x, a) => x.Permute(a),
        ["transpose"] = (x, a) => x.Transpose(a[0], a[1]),
        ["roll"] = (x, a) => x.Roll(a[0], a[1]),
        ["flip"] = (x, a) => x.Flip(a[0], a[1]),
        ["unsqueeze"] = (x, a) => x.Unsqueeze(a[0]),
        ["squeeze"] = (x, a) => x.Squeeze(a[0]),
        ["index_select"] = (x, a) => x.IndexSelect(a[0], Tensor.FromArray([a[1], a[2]])),
        ["gather"] = (x, a) => x.Gather(a[0], Tensor.FromArray([a[1], a[2]], 1, 1, 1, 2)),
        ["scatter_add"] = (x, a) => x.ScatterAdd(a[0], Tensor.FromArray([a[1], a[2]], 1, 1, 1, 2), Tensor.Ones([1, 1, 1, 2])),
        ["cat"] = (x, a) => Tensor.Cat([x, x], a[0]),
        ["stack"] = (x, a) => Tensor.Stack([x, x], a[0]),
        ["sum"] = (x, a) => x.Sum([a[0], a[1]]),
        ["max"] = (x, a) => x.Max([a[0]]),
        ["variance"] = (x, a) => x.Variance([a[0]]),
        ["sort"] = (x, a) => x.Sort(a[0]).Values,
        ["topk"] = (x, a) => x.TopK(a[0], a[1]).Values,
        ["kth"] = (x, a) => x.KthSmallest(a[0], a[1]).Values,
        ["cumsum"] = (x, a) => x.CumulativeSum(a[0]),
        ["softmax"] = (x, a) => x.Softmax(a[0]),
        ["empty"] = (_, a) => Tensor.Empty([a[0], a[1], a[2]]),
        ["from_bytes"] = (_, a) => Tensor.FromBytes(new byte[16], DType.Float32, [a[0], a[1]]),
        ["unknown_type"] = (_, a) => Tensor.Empty([2], (DType)a[0]),
        ["permutation"] = (_, a) => Permutation(a[0]),
    };

    public static TheoryData<string> Names => [.. Operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_size_gives_a_tensor_or_a_typed_exception(string name)
    {
        var pictures = Gen.Elements<long[]>([2, 4, 4, 6], [1, 4, 1, 1], [0, 4, 2, 2], [2, 4, 0, 3], [4, 3], [3], []);
        Prop.ForAll(pictures.ToArbitrary(), Gen.Elements(Sizes).ArrayOf(4).ToArbitrary(), (shape, arguments) =>
        {
            using var scope = TensorScope.Open();
            try
            {
                return Operations[name](Tensor.Ones(shape), arguments).Shape.All(size => size >= 0);
            }
            catch (TorchException error)
            {
                return error is not TorchUnknownException && error.Message.Length > 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Theory]
    [InlineData(3, 1, 2)]
    [InlineData(4, 2, 2)]
    [InlineData(4, 3, 1)]
    public void A_grid_that_does_not_go_with_its_pictures_is_refused(int dimensions, int batch, int coordinates)
    {
        using var scope = TensorScope.Open();
        long[] sizes = dimensions == 3 ? [batch, 4, coordinates] : [batch, 4, 4, coordinates];
        Assert.Throws<TorchArgumentException>(() => Tensor.Ones([1, 3, 8, 8]).GridSample(Tensor.Ones(sizes)));
        Assert.Throws<TorchArgumentException>(() => Tensor.AffineGrid(Tensor.Ones([batch, coordinates, 4]), 3, 8, 8));
    }

    private static Tensor Permutation(long count)
    {
        // No gigabytes that are there after all.
        using var generator = new Generator(1);
        return Tensor.RandomPermutation(count is > 8 and <= 1L << 32 ? 8 : count, generator);
    }

    private static bool SameOnAllRoutes(Convolution g, bool transposed)
    {
        var expected = g.Stride < 1 || g.Padding < 0 ? null : transposed ? g.Transposed : g.Output;
        var allowed = expected is not null && expected.Skip(2).All(side => side >= 1)
            && (!transposed || (g.OutputPadding >= 0 && g.OutputPadding < g.Stride));
        try
        {
            Tensor[]? plain = null;
            using var scope = TensorScope.Open();
            foreach (var kernels in Routes.Where(ConvolutionTests.Choose))
            {
                if (!allowed)
                {
                    Assert.Throws<TorchArgumentException>(() => Run(g, transposed));
                    continue;
                }

                var results = Run(g, transposed);
                Assert.Equal(expected, results[0].Shape);
                plain ??= results;
                for (var i = 0; i < results.Length; i++)
                    Golden.Near(plain[i], results[i], Tolerance, $"{g}, transposed {transposed}, {kernels}, result {i}");
            }

            return true;
        }
        finally
        {
            ConvolutionTests.Choose("");
        }
    }

    /// <summary>The output, and the gradients of its squares by input, weight and bias.</summary>
    private static Tensor[] Run(Convolution g, bool transposed)
    {
        using var generator = new Generator(9);
        var w = Tensor.RandomNormal(transposed ? [g.C, g.K, g.Rows, g.Taps] : [g.K, g.C, g.Rows, g.Taps], generator);
        Tensor[] leaves = [Tensor.RandomNormal(g.Input, generator), w, Tensor.RandomNormal([g.K], generator)];
        foreach (var leaf in leaves)
            leaf.RequiresGradient = true;
        var y = transposed
            ? leaves[0].ConvTranspose2d(leaves[1], leaves[2], g.Stride, g.Padding, g.OutputPadding, 0.2)
            : leaves[0].Conv2d(leaves[1], leaves[2], g.Stride, g.Padding, 0.2);
        Autograd.Backward(y.Square().Sum());
        return [y.Detach(), .. leaves.Select(leaf => leaf.Gradient!)];
    }
}
