namespace Smirk.Workspace.Safetensors;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Its name, such as "g.linear.weight".</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="Length">Bytes.</param>
public sealed record TensorInfo(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long Length)
{
    /// <summary>Bytes of one element of <paramref name="type"/>.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.BOOL or ElementType.U8 or ElementType.I8 => 1,
        ElementType.I16 or ElementType.U16 or ElementType.F16 or ElementType.BF16 => 2,
        ElementType.I32 or ElementType.U32 or ElementType.F32 => 4,
        _ => 8,
    };

    /// <summary>Bytes that a tensor of this type and shape takes.</summary>
    /// <exception cref="OverflowException">More than 2^63.</exception>
    public static long BytesOf(ElementType type, IReadOnlyList<long> shape)
    {
        long count = SizeOf(type);
        foreach (var size in shape)
            count = checked(count * size);
        return count;
    }
}
