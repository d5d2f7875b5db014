using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>Batch normalisation of each channel (Ioffe and Szegedy 2015). Parameters weight and bias, buffers running_mean and running_var,
/// all [channels].</summary>
public sealed class BatchNorm2d : Module
{
    /// <summary>Share of a batch's statistics in the running ones, unless told otherwise.</summary>
    public const double DefaultMomentum = 0.1;

    private readonly double _eps;

    /// <summary>The scale is drawn from N(1, <paramref name="deviation"/>), or is 1 where that is 0; the shift starts at 0.</summary>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="generator">Draws the scale.</param>
    /// <param name="momentum">Share of a batch's statistics in the running ones, 0 to 1; TensorFlow's decay .9 is .1 here.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="deviation">Of the scale at the start.</param>
    public BatchNorm2d(long channels, Generator generator, double momentum = DefaultMomentum, double eps = 1e-5, double deviation = 0)
    {
        (Momentum, _eps) = (momentum, eps);
        AddParameter("weight", deviation > 0 ? Tensor.Empty([channels]).FillNormal(1, deviation, generator) : Tensor.Ones([channels]));
        AddParameter("bias", Tensor.Zeros([channels]));
        AddBuffer("running_mean", Tensor.Zeros([channels]));
        AddBuffer("running_var", Tensor.Ones([channels]));
    }

    /// <summary>Share of a batch's statistics in the running ones, 0 to 1; may change over time.</summary>
    public double Momentum { get; set; }

    /// <summary>Mean of each channel over time. [channels]</summary>
    public Tensor RunningMean => Buffer(0);

    /// <summary>Variance of each channel over time. [channels]</summary>
    public Tensor RunningVariance => Buffer(1);

    /// <summary>What it does to each channel in evaluation mode: x · Scale + Shift. [channels] each</summary>
    public (Tensor Scale, Tensor Shift) Affine()
    {
        var scale = Parameter(0) * (RunningVariance + _eps).Rsqrt();
        return (scale, Parameter(1) - RunningMean * scale);
    }

    /// <summary>[N, channels, H, W] → the same</summary>
    /// <param name="x">The input.</param>
    /// <param name="slope">A leaky ReLU that follows at no extra cost; 0 is ReLU, 1 (the default) none.</param>
    public Tensor Forward(Tensor x, double slope = 1) =>
        x.BatchNorm(Parameter(0), Parameter(1), Buffer(0), Buffer(1), Training, Momentum, _eps, slope, Group);
}
