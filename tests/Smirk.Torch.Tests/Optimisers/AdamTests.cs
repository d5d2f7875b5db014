using Smirk.Torch.Errors;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;
using Smirk.Torch.Tests.Tensors;

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

    // As Wortsman et al. 2023 write it, in double precision; the third step's gradients are fifty times the others'.
    [Theory]
    [InlineData("avx512", 1)]
    [InlineData("avx512", 3)]
    [InlineData("avx2", 2)]
    [InlineData("none", 1)]
    public void Clipped_steps_are_those_of_the_paper(string kernels, int threads)
    {
        if (!ConvolutionTests.Choose(kernels))
            Assert.Skip($"this processor has no {kernels}");
        var before = TorchRuntime.Threads;
        try
        {
            TorchRuntime.SetThreads(threads);
            const int count = 40_003;
            const double rate = 0.01, beta2 = 0.99;
            using var scope = TensorScope.Open();
            var random = new Random(3);
            double[] weights = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())], square = new double[count];
            var parameter = Tensor.FromArray(Array.ConvertAll(weights, value => (float)value));
            parameter.RequiresGradient = true;
            using var adam = new Adam(
                [("w", parameter)], new AdamOptions { LearningRate = rate, Beta1 = 0, Beta2 = beta2, ClipUpdates = true });
            for (var step = 1; step <= 4; step++)
            {
                var scale = step == 3 ? 50 : 1;
                float[] gradient = [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5) * scale)];
                var surprise = 0.0;
                for (var i = 0; i < count; i++)
                {
                    square[i] = beta2 * square[i] + (1 - beta2) * gradient[i] * gradient[i];
                    surprise += gradient[i] * (double)gradient[i] / (square[i] / (1 - Math.Pow(beta2, step))) / count;
                }

                for (var i = 0; i < count; i++)
                    weights[i] -= rate / Math.Max(1, Math.Sqrt(surprise)) * gradient[i]
                        / (Math.Sqrt(square[i] / (1 - Math.Pow(beta2, step))) + 1e-8);
                parameter.Gradient = Tensor.FromArray(gradient);
                adam.Step();
                Assert.Equal(step == 3, surprise > 1.5);
                Assert.All(parameter.Detach().ToArray<float>().Zip(weights), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
            }
        }
        finally
        {
            TorchRuntime.SetThreads(before);
            ConvolutionTests.Choose("");
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
