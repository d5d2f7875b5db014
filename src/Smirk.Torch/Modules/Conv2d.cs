using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>A square convolution. Weight [outputs, inputs, kernel, kernel], bias [outputs].</summary>
public sealed class Conv2d : Module
{
    private readonly long _stride;
    private readonly long _padding;
    private readonly bool _bias;

    /// <summary>Weights are drawn from N(0, <paramref name="deviation"/>), the bias starts at 0. No padding given means (kernel - 1) / 2:
    /// with stride 2 and an even size that halves it, for 3×3, 4×4 and 5×5 kernels.</summary>
    public Conv2d(long inputs, long outputs, long kernel, Generator generator, long stride = 1, long? padding = null,
        double deviation = 0.02, bool bias = true)
    {
        (_stride, _padding, _bias) = (stride, padding ?? (kernel - 1) / 2, bias);
        // Channels last is how the convolutions read weights: no step has to turn them round.
        using var drawn = Tensor.Empty([outputs, inputs, kernel, kernel]).FillNormal(0, deviation, generator);
        AddParameter("weight", drawn.Contiguous(MemoryFormat.ChannelsLast));
        if (bias)
            AddParameter("bias", Tensor.Zeros([outputs]));
    }

    /// <summary>[outputs, inputs, kernel, kernel]</summary>
    public Tensor Weight => Parameter(0);

    /// <summary>[outputs]; null without one.</summary>
    public Tensor? Bias => _bias ? Parameter(1) : null;

    /// <summary>Pixels from one output to the next.</summary>
    public long Stride => _stride;

    /// <summary>Zeros around the input.</summary>
    public long Padding => _padding;

    /// <summary>[N, inputs, H, W] → [N, outputs, (H + 2p - kernel) / stride + 1, …]</summary>
    /// <param name="x">The input.</param>
    /// <param name="slope">A leaky ReLU that follows at no extra cost; 0 is ReLU, 1 (the default) none.</param>
    public Tensor Forward(Tensor x, double slope = 1) => x.Conv2d(Weight, Bias, _stride, _padding, slope);
}
