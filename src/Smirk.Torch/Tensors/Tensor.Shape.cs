using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>The same elements in another shape; one length may be -1: what is left.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> shape) =>
        NativeCheck.Take(NativeMethods.Reshape(Handle, shape, shape.Length, out var result), result);

    /// <summary>Dimensions in another order: <c>Permute(0, 2, 3, 1)</c>.</summary>
    public Tensor Permute(params ReadOnlySpan<long> order) =>
        NativeCheck.Take(NativeMethods.Permute(Handle, order, order.Length, out var result), result);

    /// <summary>Two dimensions changed for each other.</summary>
    public Tensor Transpose(long first, long second) =>
        NativeCheck.Take(NativeMethods.Transpose(Handle, first, second, out var result), result);

    /// <summary>Dimensions of length 1 repeated, without a copy; -1 leaves one as it is.</summary>
    public Tensor Expand(params ReadOnlySpan<long> shape) =>
        NativeCheck.Take(NativeMethods.Expand(Handle, shape, shape.Length, out var result), result);

    /// <summary>Part of a dimension, without a copy.</summary>
    public Tensor Narrow(long dim, long start, long length) =>
        NativeCheck.Take(NativeMethods.Narrow(Handle, dim, start, length, out var result), result);

    /// <summary>One index of a dimension, which goes away; without a copy.</summary>
    public Tensor Select(long dim, long index) => NativeCheck.Take(NativeMethods.Select(Handle, dim, index, out var result), result);

    /// <summary>A new dimension of length 1.</summary>
    public Tensor Unsqueeze(long dim) => NativeCheck.Take(NativeMethods.Unsqueeze(Handle, dim, out var result), result);

    /// <summary>Without a dimension of length 1.</summary>
    public Tensor Squeeze(long dim) => NativeCheck.Take(NativeMethods.Squeeze(Handle, dim, out var result), result);

    /// <summary>Some dimensions back to front.</summary>
    public Tensor Flip(params ReadOnlySpan<long> dims) =>
        NativeCheck.Take(NativeMethods.Flip(Handle, dims, dims.Length, out var result), result);

    /// <summary>Moved along a dimension; what leaves at one end enters at the other.</summary>
    public Tensor Roll(long shift, long dim) => NativeCheck.Take(NativeMethods.Roll(Handle, [shift], [dim], 1, out var result), result);

    /// <summary>In the given order in memory; itself when it already is.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) =>
        NativeCheck.Take(NativeMethods.Contiguous(Handle, (int)format, out var result), result);

    /// <summary>True when its elements lie in the given order without gaps.</summary>
    public bool IsContiguous(MemoryFormat format = MemoryFormat.Contiguous)
    {
        NativeCheck.Ensure(NativeMethods.IsContiguous(Handle, (int)format, out var result));
        return result != 0;
    }

    /// <summary>On another device; shares its memory when it is there already.</summary>
    public Tensor To(Device device, bool nonBlocking = false) =>
        NativeCheck.Take(NativeMethods.ToDevice(Handle, device.Code, nonBlocking ? 1 : 0, out var result), result);

    /// <summary>With elements of another type; shares its memory when it has it already.</summary>
    public Tensor To(DType type) => NativeCheck.Take(NativeMethods.ToDType(Handle, (int)type, out var result), result);

    /// <summary>The same memory outside the graph: no gradient flows back.</summary>
    public Tensor Detach() => NativeCheck.Take(NativeMethods.Detach(Handle, out var result), result);

    /// <summary>A copy; gradients flow through it.</summary>
    public Tensor Clone() => NativeCheck.Take(NativeMethods.Clone(Handle, out var result), result);
}
