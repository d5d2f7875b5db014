using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

// Shapes broadcast as in NumPy. The operators stand for the arithmetic of the elements.
public sealed partial class Tensor
{
    /// <summary>Sum of the elements.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => NativeCheck.Take(NativeMethods.Add(a.Handle, b.Handle, out var result), result);

    /// <summary>Each element plus a number.</summary>
    public static Tensor operator +(Tensor a, double b) => NativeCheck.Take(NativeMethods.AddScalar(a.Handle, b, out var result), result);

    /// <summary>Each element plus a number.</summary>
    public static Tensor operator +(double a, Tensor b) => b + a;

    /// <summary>Difference of the elements.</summary>
    public static Tensor operator -(Tensor a, Tensor b) =>
        NativeCheck.Take(NativeMethods.Subtract(a.Handle, b.Handle, out var result), result);

    /// <summary>Each element minus a number.</summary>
    public static Tensor operator -(Tensor a, double b) => a + -b;

    /// <summary>A number minus each element.</summary>
    public static Tensor operator -(double a, Tensor b) =>
        NativeCheck.Take(NativeMethods.SubtractFromScalar(b.Handle, a, out var result), result);

    /// <summary>Each element with the other sign.</summary>
    public static Tensor operator -(Tensor a) => NativeCheck.Take(NativeMethods.Negate(a.Handle, out var result), result);

    /// <summary>Product of the elements.</summary>
    public static Tensor operator *(Tensor a, Tensor b) =>
        NativeCheck.Take(NativeMethods.Multiply(a.Handle, b.Handle, out var result), result);

    /// <summary>Each element times a number.</summary>
    public static Tensor operator *(Tensor a, double b) =>
        NativeCheck.Take(NativeMethods.MultiplyScalar(a.Handle, b, out var result), result);

    /// <summary>Each element times a number.</summary>
    public static Tensor operator *(double a, Tensor b) => b * a;

    /// <summary>Quotient of the elements.</summary>
    public static Tensor operator /(Tensor a, Tensor b) =>
        NativeCheck.Take(NativeMethods.Divide(a.Handle, b.Handle, out var result), result);

    /// <summary>Each element divided by a number.</summary>
    public static Tensor operator /(Tensor a, double b) =>
        NativeCheck.Take(NativeMethods.DivideScalar(a.Handle, b, out var result), result);

    /// <summary>A number divided by each element.</summary>
    public static Tensor operator /(double a, Tensor b) =>
        NativeCheck.Take(NativeMethods.DivideScalarBy(b.Handle, a, out var result), result);

    /// <summary>The greater of two elements.</summary>
    public static Tensor Maximum(Tensor a, Tensor b) => NativeCheck.Take(NativeMethods.Maximum(a.Handle, b.Handle, out var result), result);

    /// <summary>The smaller of two elements.</summary>
    public static Tensor Minimum(Tensor a, Tensor b) => NativeCheck.Take(NativeMethods.Minimum(a.Handle, b.Handle, out var result), result);

    /// <summary>a + weight · (b - a).</summary>
    public static Tensor Lerp(Tensor a, Tensor b, double weight) =>
        NativeCheck.Take(NativeMethods.Lerp(a.Handle, b.Handle, weight, out var result), result);

    /// <summary>Elements of <paramref name="a"/> where the condition (Bool) holds, else of <paramref name="b"/>.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) =>
        NativeCheck.Take(NativeMethods.Where(condition.Handle, a.Handle, b.Handle, out var result), result);
}
