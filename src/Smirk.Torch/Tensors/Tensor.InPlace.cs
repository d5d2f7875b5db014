using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;

namespace Smirk.Torch.Tensors;

// Each changes this tensor and returns it. Meant for what no gradient flows through: parameters inside NoGradient, statistics, buffers.
public sealed partial class Tensor
{
    /// <summary>this += alpha · other.</summary>
    public Tensor AddInPlace(Tensor other, double alpha = 1) => Changed(NativeMethods.AddInPlace(Handle, other.Handle, alpha));

    /// <summary>this += value.</summary>
    public Tensor AddInPlace(double value) => Changed(NativeMethods.AddScalarInPlace(Handle, value));

    /// <summary>this ·= other.</summary>
    public Tensor MulInPlace(Tensor other) => Changed(NativeMethods.MultiplyInPlace(Handle, other.Handle));

    /// <summary>this ·= value.</summary>
    public Tensor MulInPlace(double value) => Changed(NativeMethods.MultiplyScalarInPlace(Handle, value));

    /// <summary>this += weight · (other - this).</summary>
    public Tensor LerpInPlace(Tensor other, double weight) => Changed(NativeMethods.LerpInPlace(Handle, other.Handle, weight));

    /// <summary>Takes the values of <paramref name="source"/>: of the same shape, any type and device.</summary>
    /// <exception cref="TorchArgumentException">The shapes differ.</exception>
    public Tensor CopyFrom(Tensor source) => Changed(NativeMethods.CopyInPlace(Handle, source.Handle));

    /// <summary>Sets every element.</summary>
    public Tensor Fill(double value) => Changed(NativeMethods.FillInPlace(Handle, value));

    /// <summary>Sets every element to 0.</summary>
    public Tensor Zero() => Fill(0);

    /// <summary>Draws every element from a normal distribution.</summary>
    public Tensor FillNormal(double mean, double deviation, Generator generator) =>
        Changed(NativeMethods.Normal(Handle, mean, deviation, generator.Handle));

    /// <summary>Draws every element evenly from <paramref name="low"/> up to, but without, <paramref name="high"/>.</summary>
    public Tensor FillUniform(double low, double high, Generator generator) =>
        Changed(NativeMethods.Uniform(Handle, low, high, generator.Handle));

    private Tensor Changed(int status)
    {
        NativeCheck.Ensure(status);
        return this;
    }
}
