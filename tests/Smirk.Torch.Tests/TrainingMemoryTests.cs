using Smirk.Torch.Modules;
using Smirk.Torch.Optimisers;

namespace Smirk.Torch.Tests;

[Collection(nameof(Live))]
public class TrainingMemoryTests
{
    // Until the runtime has collected its garbage and recompiled its hot code for the first time, its own memory grows; what is measured is what grows after that.
    private const int WarmUp = 500;

    /// <summary>A thousand steps of a small network with a gradient penalty: no tensor stays behind, and memory grows by less than 8 MB.</summary>
    [Fact]
    public void A_thousand_steps_leave_memory_and_live_tensors_flat()
    {
        TorchRuntime.SetThreads();
        var before = Tensor.LiveCount;
        using (var generator = new Generator(1))
        using (var conv = new Conv2d(3, 8, 4, generator, stride: 2))
        using (var up = new ConvTranspose2d(8, 3, 4, generator, stride: 2))
        using (var norm = new BatchNorm2d(8, generator))
        using (var adam = new Adam([.. conv.Parameters(), .. up.Parameters(), .. norm.Parameters()], new AdamOptions()))
        {
            double first = 0, last = 0;
            long live = 0, resident = 0;
            for (var step = 0; step < WarmUp + 1000; step++)
            {
                if (step == WarmUp)
                    (live, resident) = (Tensor.LiveCount, Resident());
                last = Step(conv, norm, up, adam, generator);
                if (step == 0)
                    first = last;
            }

            Assert.Equal(live, Tensor.LiveCount);
            Assert.InRange(Resident() - resident, long.MinValue, 8 << 20);
            Assert.True(last < first / 2, $"It should learn: the loss was {first}, now {last}");
        }

        Assert.Equal(before, Tensor.LiveCount);
    }

    private static double Step(Conv2d conv, BatchNorm2d norm, ConvTranspose2d up, Adam adam, Generator generator)
    {
        using var scope = TensorScope.Open();
        var x = Tensor.RandomUniform([4, 3, 8, 8], 0.5, 1, generator);
        x.RequiresGradient = true;
        var y = up.Forward(norm.Forward(conv.Forward(x)).LeakyRelu());
        var penalty = Autograd.Gradients(y.Square().Sum(), [x], createGraph: true)[0].Square().Sum();
        var loss = (y - x).Square().Mean() + (penalty * 1e-4);
        adam.ClearGradients();
        Autograd.Backward(loss);
        adam.Step();
        return loss.ToDouble();
    }

    private static long Resident()
    {
        var pages = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return pages * Environment.SystemPageSize;
    }
}
