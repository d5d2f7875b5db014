using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

public class ImageTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["pixel_shuffle"] = x => x.PixelShuffle(2),
        ["pixel_unshuffle"] = x => x.PixelUnshuffle(2),
        ["pad_constant"] = x => x.Pad(1, 2, 0, 3, value: 0.5),
        ["pad_reflect"] = x => x.Pad(1, 2, 2, 3, PadMode.Reflect),
        ["pad_replicate"] = x => x.Pad(1, 2, 2, 3, PadMode.Replicate),
        ["avg_pool"] = x => x.AvgPool2d(2),
        ["nearest"] = x => x.Interpolate(9, 12, Interpolation.Nearest),
        ["bilinear"] = x => x.Interpolate(9, 12, Interpolation.Bilinear),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Picture_operations_and_both_their_gradients_equal_PyTorchs(string name) =>
        Golden.MatchesTwice(name, ["x"], x => Functions[name](x[0]) + (x[0].Square().Sum() * 0));

    [Theory]
    [InlineData("bilinear", "zeros")]
    [InlineData("bilinear", "border")]
    [InlineData("bilinear", "reflection")]
    [InlineData("nearest", "zeros")]
    public void Grid_sample_is_differentiable_twice(string mode, string beyond)
    {
        using var scope = TensorScope.Open();
        var golden = new Golden($"grid_sample_{mode}_{beyond}");
        var (x, seed) = (golden.Leaf("x"), golden.Leaf("seed"));
        var grid = Tensor.AffineGrid(golden["theta"], 4, 5, 7);
        Golden.Near(golden["grid"], grid);
        var padding = beyond switch { "zeros" => PadMode.Constant, "border" => PadMode.Replicate, _ => PadMode.Reflect };
        var sampled = x.GridSample(grid, mode == "nearest" ? Interpolation.Nearest : Interpolation.Bilinear, padding);
        Golden.Near(golden["out"], sampled);
        var first = Autograd.Gradients((sampled * seed).Sum(), [x], createGraph: true)[0];
        Golden.Near(golden["grad.x"], first);
        Golden.Near(golden["second.seed"], Autograd.Gradients(first.Square().Sum(), [seed])[0]);
    }
}
