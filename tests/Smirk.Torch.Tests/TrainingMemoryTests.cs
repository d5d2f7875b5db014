using Smirk.Torch.Modules;
using Smirk.Torch.Optimisers;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Tests;

[Collection(nameof(Live))]
public class TrainingMemoryTests
{
    private const int WarmUp = 500;
    private const int Stretch = 250;

    /// <summary>A thousand steps of a small network with a gradient penalty: no tensor stays behind, and memory doesn't grow by 4 KB a
    /// step.</summary>
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
            long live = 0;
            var resident = new List<long>();
            for (var step = 0; step < WarmUp + 1000; step++)
            {
                if (step == WarmUp)
                    live = Tensor.LiveCount;
                if (step >= WarmUp && (step - WarmUp) % Stretch == 0)
                    resident.Add(Resident());
                last = Step(conv, norm, up, adam, generator);
                if (step == 0)
                    first = last;
            }

            Assert.Equal(live, Tensor.LiveCount);

            // The runtime's own memory grows by fits and starts, when it recompiles or collects; what leaks grows in every stretch.
            resident.Add(Resident());
            Assert.InRange(resident.Zip(resident.Skip(1), (before, after) => after - before).Min(), long.MinValue, 1 << 20);
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
