using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>e to the power of each element.</summary>
    public Tensor Exp() => NativeCheck.Take(NativeMethods.Exp(Handle, out var result), result);

    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => NativeCheck.Take(NativeMethods.Log(Handle, out var result), result);

    /// <summary>Square root.</summary>
    public Tensor Sqrt() => NativeCheck.Take(NativeMethods.Sqrt(Handle, out var result), result);

    /// <summary>1 / square root.</summary>
    public Tensor Rsqrt() => NativeCheck.Take(NativeMethods.Rsqrt(Handle, out var result), result);

    /// <summary>Each element times itself.</summary>
    public Tensor Square() => NativeCheck.Take(NativeMethods.Square(Handle, out var result), result);

    /// <summary>Absolute value.</summary>
    public Tensor Abs() => NativeCheck.Take(NativeMethods.Abs(Handle, out var result), result);

    /// <summary>-1, 0 or 1.</summary>
    public Tensor Sign() => NativeCheck.Take(NativeMethods.Sign(Handle, out var result), result);

    /// <summary>Hyperbolic tangent.</summary>
    public Tensor Tanh() => NativeCheck.Take(NativeMethods.Tanh(Handle, out var result), result);

    /// <summary>1 / (1 + e^-x).</summary>
    public Tensor Sigmoid() => NativeCheck.Take(NativeMethods.Sigmoid(Handle, out var result), result);

    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => NativeCheck.Take(NativeMethods.Relu(Handle, out var result), result);

    /// <summary>log(1 + e^x), exact for large x too.</summary>
    public Tensor Softplus() => NativeCheck.Take(NativeMethods.Softplus(Handle, out var result), result);

    /// <summary>The next integer below.</summary>
    public Tensor Floor() => NativeCheck.Take(NativeMethods.Floor(Handle, out var result), result);

    /// <summary>The nearest integer, halves to the even one.</summary>
    public Tensor Round() => NativeCheck.Take(NativeMethods.Round(Handle, out var result), result);

    /// <summary>Sine of radians.</summary>
    public Tensor Sin() => NativeCheck.Take(NativeMethods.Sin(Handle, out var result), result);

    /// <summary>Cosine of radians.</summary>
    public Tensor Cos() => NativeCheck.Take(NativeMethods.Cos(Handle, out var result), result);

    /// <summary>True where it is neither infinite nor NaN.</summary>
    public Tensor IsFinite() => NativeCheck.Take(NativeMethods.IsFinite(Handle, out var result), result);

    /// <summary>True where it is zero or false.</summary>
    public Tensor LogicalNot() => NativeCheck.Take(NativeMethods.LogicalNot(Handle, out var result), result);

    /// <summary>x to the power of <paramref name="exponent"/>.</summary>
    public Tensor Pow(double exponent) => NativeCheck.Take(NativeMethods.Pow(Handle, exponent, out var result), result);

    /// <summary>x where it is positive, else <paramref name="slope"/> · x.</summary>
    public Tensor LeakyRelu(double slope = 0.2) => NativeCheck.Take(NativeMethods.LeakyRelu(Handle, slope, out var result), result);

    /// <summary>x held between the two; one of them may be infinite.</summary>
    public Tensor Clamp(double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        NativeCheck.Take(NativeMethods.Clamp(Handle, low, high, out var result), result);

    /// <summary>e^x over its sum along a dimension.</summary>
    public Tensor Softmax(long dim) => NativeCheck.Take(NativeMethods.Softmax(Handle, dim, 0, out var result), result);

    /// <summary>Logarithm of <see cref="Softmax"/>, exact for small values.</summary>
    public Tensor LogSoftmax(long dim) => NativeCheck.Take(NativeMethods.Softmax(Handle, dim, 1, out var result), result);
}
