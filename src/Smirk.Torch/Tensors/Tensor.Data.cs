using System.Runtime.InteropServices;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;

namespace Smirk.Torch.Tensors;

public sealed partial class Tensor
{
    /// <summary>Bytes that the elements take.</summary>
    public long ByteCount => Count * ElementTypes.Size(DType);

    /// <summary>All elements in row order, copied from whatever device.</summary>
    /// <exception cref="TorchArgumentException"><typeparamref name="T"/> isn't the type of the elements.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        if (ElementTypes.Of<T>() != DType)
            throw new TorchArgumentException(
                $"A tensor of {DType} can't be read as {typeof(T).Name}; convert it with To({ElementTypes.Of<T>()}) first");
        var values = new T[Count];
        CopyBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Copies all elements in row order, little-endian, into <paramref name="target"/>, whose length must be
    /// <see cref="ByteCount"/>.</summary>
    public void CopyBytes(Span<byte> target) => NativeCheck.Ensure(NativeMethods.CopyBytes(Handle, target, target.Length));

    /// <summary>All elements in row order, little-endian.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteCount];
        CopyBytes(bytes);
        return bytes;
    }

    /// <summary>The value of a tensor that holds one element, of any type. Waits for the device.</summary>
    public T Item<T>()
        where T : struct, System.Numerics.INumberBase<T>
    {
        if (DType is DType.Int64 or DType.Int32)
        {
            NativeCheck.Ensure(NativeMethods.ItemInteger(Handle, out var integer));
            return T.CreateChecked(integer);
        }

        NativeCheck.Ensure(NativeMethods.Item(Handle, out var value));
        return T.CreateChecked(value);
    }

    /// <summary>The value of a tensor that holds one element. Waits for the device.</summary>
    public float ToFloat() => Item<float>();

    /// <summary>The value of a tensor that holds one element. Waits for the device.</summary>
    public double ToDouble() => Item<double>();

    /// <summary>The truth of a tensor that holds one element. Waits for the device.</summary>
    public bool ToBool() => Item<double>() != 0;
}
