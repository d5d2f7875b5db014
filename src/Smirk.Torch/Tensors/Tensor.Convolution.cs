using Smirk.Torch.Bindings;
using Smirk.Torch.Distributed;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>Convolution: [N, C, H, W] with weight [K, C, R, S] → [N, K, (H + 2p - R)/s + 1, …]. Differentiable any number of times,
    /// along fast paths.</summary>
    /// <param name="weight">[K, C, R, S]</param>
    /// <param name="bias">[K]</param>
    /// <param name="stride">Of both axes.</param>
    /// <param name="padding">Zeros on all sides.</param>
    /// <param name="slope">A leaky ReLU that follows, done while the numbers are at hand; 0 is ReLU, 1 (the default) none.</param>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, double slope = 1) =>
        NativeCheck.Take(NativeMethods.Conv2d(Handle, weight.Handle, bias?.Handle ?? TensorHandle.None, stride, padding, slope,
            out var result), result);

    /// <summary>Transposed convolution: [N, C, H, W] with weight [C, K, R, S] → [N, K, (H - 1)s - 2p + R + outputPadding, …].</summary>
    /// <param name="weight">[C, K, R, S]</param>
    /// <param name="bias">[K]</param>
    /// <param name="stride">Of both axes.</param>
    /// <param name="padding">Taken off on all sides.</param>
    /// <param name="outputPadding">Added at the right and the bottom, below the stride.</param>
    /// <param name="slope">A leaky ReLU that follows; 0 is ReLU, 1 (the default) none.</param>
    public Tensor ConvTranspose2d(
        Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long outputPadding = 0, double slope = 1) =>
        NativeCheck.Take(NativeMethods.ConvTranspose2d(Handle, weight.Handle, bias?.Handle ?? TensorHandle.None, stride, padding,
            outputPadding, slope, out var result), result);

    /// <summary>Batch normalisation over N, H, W. Training takes the batch's statistics and moves the running ones by
    /// <paramref name="momentum"/>; else the running ones are taken.</summary>
    /// <param name="weight">Scale, [C].</param>
    /// <param name="bias">Shift, [C].</param>
    /// <param name="runningMean">[C]</param>
    /// <param name="runningVariance">[C]</param>
    /// <param name="training">Whether the batch's statistics are taken.</param>
    /// <param name="momentum">Share of the batch's statistics in the running ones, 0 to 1.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="slope">A leaky ReLU that follows, done while the numbers are at hand; 0 is ReLU, 1 (the default) none.</param>
    /// <param name="group">Processes that each have a part of the batch: training takes the statistics of all parts. Null for one
    /// process.</param>
    public Tensor BatchNorm(
        Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum =
        0.1, double eps = 1e-5, double slope = 1, ProcessGroup? group = null)
    {
        var none = TensorHandle.None;
        var status = NativeMethods.BatchNorm(Handle, weight?.Handle ?? none, bias?.Handle ?? none, runningMean?.Handle ?? none,
            runningVariance?.Handle ?? none, training ? 1 : 0, momentum, eps, slope,
            group?.Handle ?? GroupHandle.None, out var result);
        return NativeCheck.Take(status, result);
    }
}
