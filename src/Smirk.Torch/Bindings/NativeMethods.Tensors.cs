using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_full")]
    internal static partial int Full(ReadOnlySpan<long> sizes, int dims, double value, int dtype, int device, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_empty")]
    internal static partial int Empty(ReadOnlySpan<long> sizes, int dims, int dtype, int device, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_zeros_like")]
    internal static partial int ZerosLike(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_arange")]
    internal static partial int Arange(double start, double end, double step, int dtype, int device, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_from_bytes")]
    internal static partial int FromBytes(
        ReadOnlySpan<byte> bytes, long length, ReadOnlySpan<long> sizes, int dims, int dtype, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_copy_bytes")]
    internal static partial int CopyBytes(TensorHandle tensor, Span<byte> bytes, long length);

    [LibraryImport(Library, EntryPoint = "smirk_torch_describe")]
    internal static partial int Describe(TensorHandle tensor, Span<long> sizes, out int dims, out int dtype, out int device);

    [LibraryImport(Library, EntryPoint = "smirk_torch_item")]
    internal static partial int Item(TensorHandle tensor, out double value);

    [LibraryImport(Library, EntryPoint = "smirk_torch_item_integer")]
    internal static partial int ItemInteger(TensorHandle tensor, out long value);

    [LibraryImport(Library, EntryPoint = "smirk_torch_to_device")]
    internal static partial int ToDevice(TensorHandle tensor, int device, int nonBlocking, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_to_dtype")]
    internal static partial int ToDType(TensorHandle tensor, int dtype, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_contiguous")]
    internal static partial int Contiguous(TensorHandle tensor, int format, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_is_contiguous")]
    internal static partial int IsContiguous(TensorHandle tensor, int format, out int result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_clone")]
    internal static partial int Clone(TensorHandle tensor, out TensorHandle result);
}
