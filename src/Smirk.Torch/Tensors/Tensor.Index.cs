using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>Joined along a dimension that they have.</summary>
    public static Tensor Cat(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        var status = NativeMethods.Cat(Handles.Of(tensors), tensors.Count, dim, out var result);
        GC.KeepAlive(tensors);
        return NativeCheck.Take(status, result);
    }

    /// <summary>Joined along a new dimension.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        var status = NativeMethods.Stack(Handles.Of(tensors), tensors.Count, dim, out var result);
        GC.KeepAlive(tensors);
        return NativeCheck.Take(status, result);
    }

    /// <summary>Rows of a dimension by their numbers (Int64 [K], each may come often).</summary>
    public Tensor IndexSelect(long dim, Tensor index) =>
        NativeCheck.Take(NativeMethods.IndexSelect(Handle, dim, index.Handle, out var result), result);

    /// <summary>result[i][j] = this[index[i][j]][j] for dimension 0, and so on; index is Int64 and gives the shape.</summary>
    public Tensor Gather(long dim, Tensor index) =>
        NativeCheck.Take(NativeMethods.Gather(Handle, dim, index.Handle, out var result), result);

    /// <summary>A copy to which source[i][j] is added at [index[i][j]][j] for dimension 0, and so on.</summary>
    public Tensor ScatterAdd(long dim, Tensor index, Tensor source) =>
        NativeCheck.Take(NativeMethods.ScatterAdd(Handle, dim, index.Handle, source.Handle, out var result), result);

    /// <summary>Cut along a dimension into pieces of the given lengths, without a copy.</summary>
    public Tensor[] Split(long dim, params ReadOnlySpan<long> lengths)
    {
        var pieces = new Tensor[lengths.Length];
        long start = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            pieces[i] = Narrow(dim, start, lengths[i]);
            start += lengths[i];
        }

        return pieces;
    }
}
