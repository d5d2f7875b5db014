using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Tensors;

public class PointwiseTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["exp"] = x => x.Exp(),
        ["log"] = x => x.Log(),
        ["sqrt"] = x => x.Sqrt(),
        ["rsqrt"] = x => x.Rsqrt(),
        ["square"] = x => x.Square(),
        ["abs"] = x => x.Abs(),
        ["tanh"] = x => x.Tanh(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["relu"] = x => x.Relu(),
        ["softplus"] = x => x.Softplus(),
        ["sin"] = x => x.Sin(),
        ["cos"] = x => x.Cos(),
        ["leaky_relu"] = x => x.LeakyRelu(0.2),
        ["pow"] = x => x.Pow(3),
        ["clamp"] = x => x.Clamp(-0.5, 0.5),
        ["softmax"] = x => x.Softmax(1),
        ["log_softmax"] = x => x.LogSoftmax(1),
        ["neg"] = x => -x,
        ["sum"] = x => x.Sum([0]),
        ["mean"] = x => x.Mean([1], keep: true),
        ["var"] = x => x.Variance([0]),
        ["max"] = x => x.Max([1]),
        ["min"] = x => x.Min([1]),
        ["cumsum"] = x => x.CumulativeSum(1),
        ["flip"] = x => x.Flip(1),
        ["roll"] = x => x.Roll(2, 1),
        ["transpose"] = x => x.Transpose(0, 1),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Pairs = new()
    {
        ["add"] = (x, y) => x + y,
        ["sub"] = (x, y) => x - y,
        ["mul"] = (x, y) => x * y,
        ["div"] = (x, y) => x / y,
        ["maximum"] = Tensor.Maximum,
        ["minimum"] = Tensor.Minimum,
    };

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    public static TheoryData<string> PairNames => [.. Pairs.Keys];

    // exp and the like may differ in the last bits by processor: one part in 100,000.
    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void Functions_and_both_their_gradients_equal_PyTorchs(string name) =>
        Golden.MatchesTwice($"op_{name}", ["x"], x => WithSecond(Functions[name](x[0]), x[0]));

    [Theory]
    [MemberData(nameof(PairNames))]
    public void Operators_broadcast_and_differentiate_as_PyTorchs(string name) =>
        Golden.MatchesTwice($"op_{name}", ["x", "y"], x => WithSecond(Pairs[name](x[0], x[1]), x[0], x[1]));

    [Fact]
    public void Numbers_on_either_side_of_an_operator_count_as_written()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.FromArray([1f, 2f, 4f]);
        Assert.Equal([3f, 4f, 6f], (x + 2).ToArray<float>());
        Assert.Equal([-1f, 0f, 2f], (x - 2).ToArray<float>());
        Assert.Equal([1f, 0f, -2f], (2 - x).ToArray<float>());
        Assert.Equal([2f, 1f, 0.5f], (2 / x).ToArray<float>());
        Assert.Equal([0.5f, 1f, 2f], (x / 2).ToArray<float>());
        Assert.Equal([false, true, true], x.GreaterOrEqual(2).ToArray<bool>());
        Assert.Equal([true, false, false], x.Less(2).LogicalOr(x.Less(0)).ToArray<bool>());
        Assert.Equal([1f, 0f, 0f], Tensor.Where(x.Equal(1), x, Tensor.Zeros([3])).ToArray<float>());
    }

    [Fact]
    public void In_place_operations_change_the_tensor_itself()
    {
        using var scope = TensorScope.Open();
        var x = Tensor.FromArray([1f, 2f]);
        x.AddInPlace(Tensor.Ones([2]), 2).MulInPlace(3).AddInPlace(-1).LerpInPlace(Tensor.Zeros([2]), 0.5);
        Assert.Equal([4f, 5.5f], x.ToArray<float>());
        Assert.Equal([0f, 0f], x.Zero().ToArray<float>());
        Assert.Throws<TorchArgumentException>(() => x.CopyFrom(Tensor.Ones([1])));
    }

    // A linear function has no second gradient to ask for unless something of it depends on the input.
    private static Tensor WithSecond(Tensor output, params Tensor[] inputs) =>
        output + inputs.Aggregate(Tensor.Scalar(0), (sum, x) => sum + (x.Square().Sum() * 0));
}
