using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

// Comparisons give Bool tensors. They are methods, as == is for the identity of objects.
public sealed partial class Tensor
{
    /// <summary>this == other, element by element.</summary>
    public Tensor Equal(Tensor other) => NativeCheck.Take(NativeMethods.Equal(Handle, other.Handle, out var result), result);

    /// <summary>this == value, element by element.</summary>
    public Tensor Equal(double value) => NativeCheck.Take(NativeMethods.EqualScalar(Handle, value, out var result), result);

    /// <summary>this != other, element by element.</summary>
    public Tensor NotEqual(Tensor other) => NativeCheck.Take(NativeMethods.NotEqual(Handle, other.Handle, out var result), result);

    /// <summary>this != value, element by element.</summary>
    public Tensor NotEqual(double value) => NativeCheck.Take(NativeMethods.NotEqualScalar(Handle, value, out var result), result);

    /// <summary>this &lt; other, element by element.</summary>
    public Tensor Less(Tensor other) => NativeCheck.Take(NativeMethods.Less(Handle, other.Handle, out var result), result);

    /// <summary>this &lt; value, element by element.</summary>
    public Tensor Less(double value) => NativeCheck.Take(NativeMethods.LessScalar(Handle, value, out var result), result);

    /// <summary>this &lt;= other, element by element.</summary>
    public Tensor LessOrEqual(Tensor other) => NativeCheck.Take(NativeMethods.LessOrEqual(Handle, other.Handle, out var result), result);

    /// <summary>this &lt;= value, element by element.</summary>
    public Tensor LessOrEqual(double value) => NativeCheck.Take(NativeMethods.LessOrEqualScalar(Handle, value, out var result), result);

    /// <summary>this &gt; other, element by element.</summary>
    public Tensor Greater(Tensor other) => NativeCheck.Take(NativeMethods.Greater(Handle, other.Handle, out var result), result);

    /// <summary>this &gt; value, element by element.</summary>
    public Tensor Greater(double value) => NativeCheck.Take(NativeMethods.GreaterScalar(Handle, value, out var result), result);

    /// <summary>this &gt;= other, element by element.</summary>
    public Tensor GreaterOrEqual(Tensor other) =>
        NativeCheck.Take(NativeMethods.GreaterOrEqual(Handle, other.Handle, out var result), result);

    /// <summary>this &gt;= value, element by element.</summary>
    public Tensor GreaterOrEqual(double value) =>
        NativeCheck.Take(NativeMethods.GreaterOrEqualScalar(Handle, value, out var result), result);

    /// <summary>True where both are.</summary>
    public Tensor LogicalAnd(Tensor other) => NativeCheck.Take(NativeMethods.LogicalAnd(Handle, other.Handle, out var result), result);

    /// <summary>True where one of both is.</summary>
    public Tensor LogicalOr(Tensor other) => NativeCheck.Take(NativeMethods.LogicalOr(Handle, other.Handle, out var result), result);
}
