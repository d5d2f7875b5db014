using Smirk.Torch.Errors;

namespace Smirk.Torch.Bindings;

/// <summary>Which .NET type holds which element type.</summary>
internal static class ElementTypes
{
    public static DType Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return DType.Float32;
        if (typeof(T) == typeof(double))
            return DType.Float64;
        if (typeof(T) == typeof(long))
            return DType.Int64;
        if (typeof(T) == typeof(int))
            return DType.Int32;
        if (typeof(T) == typeof(byte))
            return DType.UInt8;
        if (typeof(T) == typeof(bool))
            return DType.Bool;
        if (typeof(T) == typeof(Half))
            return DType.Float16;
        throw new TorchArgumentException($"There is no tensor of {typeof(T).Name}: use float, double, long, int, byte, bool or Half");
    }

    /// <summary>Bytes of one element.</summary>
    public static int Size(DType type) => type switch
    {
        DType.UInt8 or DType.Bool => 1,
        DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        _ => 8,
    };
}
