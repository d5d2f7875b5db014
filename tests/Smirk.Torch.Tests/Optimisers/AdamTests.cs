using Smirk.Torch.Errors;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests.Optimisers;

public class AdamTests
{
    [Theory]
    [InlineData("adam", 0.5, 0.999, 0.0, MemoryFormat.Contiguous)]
    [InlineData("adam_decay", 0.0, 0.99, 0.01, MemoryFormat.Contiguous)]
    [InlineData("adam", 0.5, 0.999, 0.0, MemoryFormat.ChannelsLast)]
    public void Five_steps_equal_PyTorchs(string name, double beta1, double beta2, double decay, MemoryFormat format)
    {
        using var scope = TensorScope.Open();
        var golden = new Golden(name);
        var parameter = golden["start"].Contiguous(format);
        parameter.RequiresGradient = true;
        using var adam =
            new Adam([("p", parameter)], new AdamOptions { LearningRate = 0.01, Beta1 = beta1, Beta2 = beta2, WeightDecay = decay });
        var (grads, after) = (golden["grads"], golden["after"]);
        for (var step = 0; step < 5; step++)
        {
            parameter.Gradient = grads.Select(0, step);
            adam.Step();
            Golden.Near(after.Select(0, step), parameter.Detach(), 1e-6, $"step {step}");
        }
    }

    [Fact]
    public void A_saved_state_goes_on_bit_for_bit()
    {
        using var scope = TensorScope.Open();
        var golden = new Golden("adam");
        Tensor a = golden.Leaf("start"), b = golden.Leaf("start"), grads = golden["grads"];
        using var whole = new Adam([("p", a)], new AdamOptions());
        using var half = new Adam([("p", b)], new AdamOptions());
        for (var step = 0; step < 5; step++)
        {
            (a.Gradient, b.Gradient) = (grads.Select(0, step), grads.Select(0, step));
            whole.Step();
            if (step < 3)
                half.Step();
        }

        using var resumed = new Adam([("p", b)], new AdamOptions());
        resumed.LoadState(half.StateDict(), half.Steps);
        for (var step = 3; step < 5; step++)
        {
            b.Gradient = grads.Select(0, step);
            resumed.Step();
        }

        Assert.Equal(a.Detach().ToArray<float>(), b.Detach().ToArray<float>());
    }

    [Fact]
    public void A_graph_notices_that_its_weights_were_changed_after_it()
    {
        using var scope = TensorScope.Open();
        var w = Tensor.Ones([2]);
        w.RequiresGradient = true;
        using var adam = new Adam([("w", w)], new AdamOptions());
        var loss = (w * w).Sum();
        Autograd.Backward(loss, retainGraph: true);
        adam.Step();
        Assert.ThrowsAny<TorchException>(() => Autograd.Backward(loss));
    }

    [Fact]
    public void The_moving_average_follows()
    {
        using var scope = TensorScope.Open();
        Tensor average = Tensor.Zeros([3]), now = Tensor.Ones([3]);
        MovingAverage.Update([("w", average)], [("w", now)], 0.75);
        Assert.Equal([0.25f, 0.25f, 0.25f], average.ToArray<float>());
        Assert.Throws<TorchArgumentException>(() => MovingAverage.Update([("w", average)], [], 0.5));
    }
}
