using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Modules;

public class ModuleTests
{
    [Fact]
    public void Linear_and_convolutions_compute_with_the_state_they_were_given()
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(1);
        var golden = new Golden("linear");
        using var linear = new Linear(7, 3, generator);
        linear.LoadState(new Dictionary<string, Tensor> { ["weight"] = golden["w"], ["bias"] = golden["b"] });
        Golden.Near(golden["out"], linear.Forward(golden["x"]));

        golden = new Golden("conv_5x5_stride2");
        using var conv = new Conv2d(4, 6, 5, generator, stride: 2);
        conv.LoadState(new Dictionary<string, Tensor> { ["weight"] = golden["w"], ["bias"] = golden["b"] });
        Golden.Near(golden["out"], conv.Forward(golden["x"]));

        foreach (var (name, kernel, inputs, outputs) in (ReadOnlySpan<(string, int, int, int)>)[("transposed_5x5_stride2", 5, 6, 4),
            ("transposed_4x4_stride2", 4, 5, 3)])
        {
            golden = new Golden(name);
            using var transposed = new ConvTranspose2d(inputs, outputs, kernel, generator, stride: 2);
            transposed.LoadState(new Dictionary<string, Tensor> { ["weight"] = golden["w"], ["bias"] = golden["b"] });
            Golden.Near(golden["out"], transposed.Forward(golden["x"]));
        }
    }

    [Theory]
    [InlineData("batch_norm_train", true)]
    [InlineData("batch_norm_eval", false)]
    public void Batch_norm_equals_PyTorchs_in_output_statistics_and_both_gradients(string name, bool training)
    {
        using var scope = TensorScope.Open();
        var golden = new Golden(name);
        Tensor mean = golden["mean"], variance = golden["variance"];
        Golden.MatchesTwice(name, ["x", "w", "b"], x => x[0].BatchNorm(x[1], x[2], mean, variance, training), 5e-5);
        Golden.Near(golden["mean_after"], mean);
        Golden.Near(golden["variance_after"], variance);
    }

    [Fact]
    public void Names_are_dotted_and_in_a_fixed_order()
    {
        using var generator = new Generator(1);
        using var net = new Net(generator);
        Assert.Equal(["conv.weight", "conv.bias", "norm.weight", "norm.bias"], net.Parameters().Select(entry => entry.Name));
        Assert.Equal(["norm.running_mean", "norm.running_var"], net.Buffers().Select(entry => entry.Name));
        Assert.Equal((3 * 2 * 9) + 3 + 6, net.ParameterCount);
        Assert.Equal(6, net.StateDict().Count);
        net.Train(false);
        Assert.False(net.Norm.Training);
        net.SetRequiresGradient(false);
        Assert.All(net.Parameters(), entry => Assert.False(entry.Tensor.RequiresGradient));
    }

    [Fact]
    public void State_that_doesnt_fit_names_what_is_wrong_and_changes_nothing()
    {
        using var scope = TensorScope.Open();
        using var generator = new Generator(1);
        using var net = new Net(generator);
        var before = net.StateDict()["conv.bias"].ToArray<float>();
        var state = net.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.Clone() + 1);
        state.Remove("conv.weight");
        state["norm.weight"] = Tensor.Ones([4]);
        state["extra"] = Tensor.Ones([1]);
        var error = Assert.Throws<StateMismatchException>(() => net.LoadState(state));
        Assert.Equal(
            "The weights don't fit the network: missing: conv.weight; unexpected: extra; wrong shape: norm.weight is [4], expected [3]",
            error.Message);
        Assert.Equal(before, net.StateDict()["conv.bias"].ToArray<float>());
    }

    private sealed class Net : Module
    {
        public Net(Generator generator)
        {
            AddPart("conv", new Conv2d(2, 3, 3, generator));
            Norm = AddPart("norm", new BatchNorm2d(3, generator, deviation: 0.02));
        }

        public BatchNorm2d Norm { get; }
    }
}
