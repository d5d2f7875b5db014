using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Optimisers;

/// <summary>An exponential moving average of weights over time (EMA), all tensors in one native call.</summary>
public static class MovingAverage
{
    /// <summary>targets = decay · targets + (1 - decay) · sources, pair by pair in the order of the lists.</summary>
    /// <exception cref="TorchArgumentException">The lists have different lengths or shapes.</exception>
    public static void Update(
        IReadOnlyList<(string Name, Tensor Tensor)> targets, IReadOnlyList<(string Name, Tensor Tensor)> sources, double decay)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sources);
        if (targets.Count != sources.Count)
            throw new TorchArgumentException($"An average of {targets.Count} tensors can't follow {sources.Count}");
        Tensor[] to = [.. targets.Select(entry => entry.Tensor)], from = [.. sources.Select(entry => entry.Tensor)];
        var status = NativeMethods.LerpMany(Handles.Of(to), Handles.Of(from), to.Length, 1 - decay);
        GC.KeepAlive(targets);
        GC.KeepAlive(sources);
        NativeCheck.Ensure(status);
    }
}
