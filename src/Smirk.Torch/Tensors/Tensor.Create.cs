using System.Runtime.InteropServices;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>All zeros.</summary>
    public static Tensor Zeros(ReadOnlySpan<long> shape, DType type = DType.Float32, Device device = default) =>
        Full(shape, 0, type, device);

    /// <summary>All ones.</summary>
    public static Tensor Ones(ReadOnlySpan<long> shape, DType type = DType.Float32, Device device = default) =>
        Full(shape, 1, type, device);

    /// <summary>All the same value.</summary>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, DType type = DType.Float32, Device device = default) =>
        NativeCheck.Take(NativeMethods.Full(shape, shape.Length, value, (int)type, device.Code, out var result), result);

    /// <summary>Memory as it is found: to be filled before it is read.</summary>
    public static Tensor Empty(ReadOnlySpan<long> shape, DType type = DType.Float32, Device device = default) =>
        NativeCheck.Take(NativeMethods.Empty(shape, shape.Length, (int)type, device.Code, out var result), result);

    /// <summary>Zeros of the shape, type, place and order in memory of another tensor.</summary>
    public static Tensor ZerosLike(Tensor other) => NativeCheck.Take(NativeMethods.ZerosLike(other.Handle, out var result), result);

    /// <summary>A single number, no dimension.</summary>
    public static Tensor Scalar(double value, DType type = DType.Float32, Device device = default) => Full([], value, type, device);

    /// <summary>From <paramref name="start"/> up to, but without, <paramref name="end"/>. [⌈(end - start) / step⌉]</summary>
    public static Tensor Arange(double start, double end, double step = 1, DType type = DType.Float32, Device device = default) =>
        NativeCheck.Take(NativeMethods.Arange(start, end, step, (int)type, device.Code, out var result), result);

    /// <summary>A copy of <paramref name="values"/> on the CPU. No shape makes one dimension.</summary>
    /// <exception cref="TorchArgumentException">The shape holds another number of elements.</exception>
    public static Tensor FromArray<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged => FromBytes(MemoryMarshal.AsBytes(values), ElementTypes.Of<T>(), shape);

    /// <inheritdoc cref="FromArray{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static Tensor FromArray<T>(T[] values, params long[] shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return FromArray((ReadOnlySpan<T>)values, shape.Length == 0 ? [values.Length] : shape);
    }

    /// <summary>A copy of raw little-endian elements in row order, on the CPU.</summary>
    /// <exception cref="TorchArgumentException">The shape takes another number of bytes.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, DType type, ReadOnlySpan<long> shape) =>
        NativeCheck.Take(NativeMethods.FromBytes(bytes, bytes.Length, shape, shape.Length, (int)type, out var result), result);

    /// <summary>Normal numbers of mean 0 and deviation 1, on the generator's device.</summary>
    public static Tensor RandomNormal(ReadOnlySpan<long> shape, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return OwnRows(EmptyForAll(shape, DType.Float32, generator).FillNormal(0, 1, generator), generator);
    }

    /// <summary>Even numbers from <paramref name="low"/> up to, but without, <paramref name="high"/>, on the generator's device.</summary>
    public static Tensor RandomUniform(ReadOnlySpan<long> shape, double low, double high, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return OwnRows(EmptyForAll(shape, DType.Float32, generator).FillUniform(low, high, generator), generator);
    }

    /// <summary>Integers (Int64) from <paramref name="low"/> up to, but without, <paramref name="high"/>, on the generator's
    /// device.</summary>
    public static Tensor RandomIntegers(ReadOnlySpan<long> shape, long low, long high, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var result = EmptyForAll(shape, DType.Int64, generator);
        NativeCheck.Ensure(NativeMethods.Integers(result.Handle, low, high, generator.Handle));
        return OwnRows(result, generator);
    }

    /// <summary>0 … <paramref name="count"/> - 1 in random order, Int64, on the generator's device.</summary>
    public static Tensor RandomPermutation(long count, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return NativeCheck.Take(NativeMethods.Permutation(count, generator.Device.Code, generator.Handle, out var result), result);
    }

    // Room for the rows of all processes that share the generator.
    private static Tensor EmptyForAll(ReadOnlySpan<long> shape, DType type, Generator generator)
    {
        if (generator.Processes == 1)
            return Empty(shape, type, generator.Device);
        long[] all = [.. shape];
        all[0] *= generator.Processes;
        return Empty(all, type, generator.Device);
    }

    private static Tensor OwnRows(Tensor all, Generator generator)
    {
        if (generator.Processes == 1)
            return all;
        var count = all.Shape[0] / generator.Processes;
        return all.Narrow(0, generator.Rank * count, count);
    }
}
