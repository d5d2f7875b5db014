using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

// No dimension given means all of them; negative ones count from the last. keep leaves reduced dimensions with length 1.
public sealed partial class Tensor
{
    /// <summary>Sum of all elements. []</summary>
    public Tensor Sum() => Sum([]);

    /// <summary>Sum over some dimensions.</summary>
    public Tensor Sum(ReadOnlySpan<long> dims, bool keep = false) =>
        NativeCheck.Take(NativeMethods.Sum(Handle, dims, dims.Length, keep ? 1 : 0, out var result), result);

    /// <summary>Mean of all elements. []</summary>
    public Tensor Mean() => Mean([]);

    /// <summary>Mean over some dimensions.</summary>
    public Tensor Mean(ReadOnlySpan<long> dims, bool keep = false) =>
        NativeCheck.Take(NativeMethods.Mean(Handle, dims, dims.Length, keep ? 1 : 0, out var result), result);

    /// <summary>Greatest of all elements. []</summary>
    public Tensor Max() => Max([]);

    /// <summary>Greatest over some dimensions.</summary>
    public Tensor Max(ReadOnlySpan<long> dims, bool keep = false) =>
        NativeCheck.Take(NativeMethods.Max(Handle, dims, dims.Length, keep ? 1 : 0, out var result), result);

    /// <summary>Smallest of all elements. []</summary>
    public Tensor Min() => Min([]);

    /// <summary>Smallest over some dimensions.</summary>
    public Tensor Min(ReadOnlySpan<long> dims, bool keep = false) =>
        NativeCheck.Take(NativeMethods.Min(Handle, dims, dims.Length, keep ? 1 : 0, out var result), result);

    /// <summary>Variance over some dimensions (none: all), divided by n - 1 when <paramref name="unbiased"/>, else by n.</summary>
    public Tensor Variance(ReadOnlySpan<long> dims = default, bool keep = false, bool unbiased = true) =>
        NativeCheck.Take(NativeMethods.Variance(Handle, dims, dims.Length, unbiased ? 1 : 0, keep ? 1 : 0, out var result), result);

    /// <summary>Where the greatest element along a dimension stands, Int64.</summary>
    public Tensor ArgMax(long dim, bool keep = false) =>
        NativeCheck.Take(NativeMethods.ArgMax(Handle, dim, keep ? 1 : 0, out var result), result);

    /// <summary>Where the smallest element along a dimension stands, Int64.</summary>
    public Tensor ArgMin(long dim, bool keep = false) =>
        NativeCheck.Take(NativeMethods.ArgMin(Handle, dim, keep ? 1 : 0, out var result), result);

    /// <summary>Sums of all elements up to each one, along a dimension.</summary>
    public Tensor CumulativeSum(long dim) => NativeCheck.Take(NativeMethods.CumulativeSum(Handle, dim, out var result), result);

    /// <summary>Elements in order along a dimension, and where each stood (Int64). Equal ones keep their order.</summary>
    public (Tensor Values, Tensor Indices) Sort(long dim = -1, bool descending = false) =>
        Both(NativeMethods.Sort(Handle, dim, descending ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>The <paramref name="count"/> greatest (or smallest) along a dimension, in order, and where each stood (Int64).</summary>
    public (Tensor Values, Tensor Indices) TopK(long count, long dim = -1, bool largest = true) =>
        Both(NativeMethods.TopK(Handle, count, dim, largest ? 1 : 0, out var values, out var indices), values, indices);

    /// <summary>The <paramref name="k"/>-th smallest (from 1) along a dimension, and where it stood (Int64).</summary>
    public (Tensor Values, Tensor Indices) KthSmallest(long k, long dim = -1, bool keep = false) =>
        Both(NativeMethods.Kth(Handle, k, dim, keep ? 1 : 0, out var values, out var indices), values, indices);

    private static (Tensor First, Tensor Second) Both(int status, TensorHandle first, TensorHandle second)
    {
        NativeCheck.Ensure(status);
        return (new Tensor(first), new Tensor(second));
    }
}
