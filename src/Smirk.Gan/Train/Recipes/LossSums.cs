using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Recipes;

/// <summary>Adds up the losses of many steps on the device, so that a GPU is waited for seldom. One that isn't finite makes the sum so, and
/// is noticed at the next reading.</summary>
internal sealed class LossSums(Device device) : IDisposable
{
    private readonly Tensor _sums = Tensor.Zeros([6], device: device);
    private int _count;

    /// <summary>Adds a step's summary, float32 [6].</summary>
    public void Add(Tensor losses)
    {
        using var noGradient = Autograd.NoGradient();
        _sums.AddInPlace(losses);
        _count++;
    }

    /// <summary>The mean since the last call.</summary>
    /// <param name="group">Processes whose mean it is, each of which calls this; null for one process.</param>
    public StepLosses TakeMean(ProcessGroup? group = null)
    {
        group?.Sum(_sums);
        var values = _sums.ToArray<float>();
        var count = Math.Max(1, _count) * (group?.Size ?? 1);
        _sums.Zero();
        _count = 0;
        return new StepLosses(values[0] / count, values[1] / count, values[2] / count, values[3] / count)
        {
            Diversity = values[4] > 1e-3 * count ? values[5] / (double)values[4] : double.NaN,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();
}
