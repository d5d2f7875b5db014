using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>A square transposed convolution. Weight [inputs, outputs, kernel, kernel], bias [outputs].</summary>
public sealed class ConvTranspose2d : Module
{
    private readonly long _stride;
    private readonly long _padding;
    private readonly long _outputPadding;
    private readonly bool _bias;

    /// <summary>Weights are drawn from N(0, <paramref name="deviation"/>), the bias starts at 0. No padding given means (kernel - 1) / 2,
    /// with what output padding makes the size exactly stride times as large.</summary>
    public ConvTranspose2d(long inputs, long outputs, long kernel, Generator generator, long stride = 1, long? padding = null,
        double deviation = 0.02, bool bias = true)
    {
        (_stride, _padding, _bias) = (stride, padding ?? (kernel - 1) / 2, bias);
        // (H - 1)s - 2p + k + o = H·s; a kernel too small for the stride leaves o at most s - 1.
        _outputPadding = Math.Clamp(stride + (2 * _padding) - kernel, 0, stride - 1);
        // Channels last is how the convolutions read weights: no step has to turn them round.
        using var drawn = Tensor.Empty([inputs, outputs, kernel, kernel]).FillNormal(0, deviation, generator);
        AddParameter("weight", drawn.Contiguous(MemoryFormat.ChannelsLast));
        if (bias)
            AddParameter("bias", Tensor.Zeros([outputs]));
    }

    /// <summary>[inputs, outputs, kernel, kernel]</summary>
    public Tensor Weight => Parameter(0);

    /// <summary>[outputs]; null without one.</summary>
    public Tensor? Bias => _bias ? Parameter(1) : null;

    /// <summary>Output pixels from one input to the next.</summary>
    public long Stride => _stride;

    /// <summary>Pixels that are cut off on each side.</summary>
    public long Padding => _padding;

    /// <summary>Pixels that are added right and below.</summary>
    public long OutputPadding => _outputPadding;

    /// <summary>[N, inputs, H, W] → [N, outputs, H · stride, W · stride]</summary>
    /// <param name="x">The input.</param>
    /// <param name="slope">A leaky ReLU that follows at no extra cost; 0 is ReLU, 1 (the default) none.</param>
    public Tensor Forward(Tensor x, double slope = 1) =>
        x.ConvTranspose2d(Weight, Bias, _stride, _padding, _outputPadding, slope);
}
