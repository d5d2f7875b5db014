using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_reshape")]
    internal static partial int Reshape(TensorHandle a, ReadOnlySpan<long> sizes, int dims, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_permute")]
    internal static partial int Permute(TensorHandle a, ReadOnlySpan<long> sizes, int dims, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_expand")]
    internal static partial int Expand(TensorHandle a, ReadOnlySpan<long> sizes, int dims, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_flip")]
    internal static partial int Flip(TensorHandle a, ReadOnlySpan<long> sizes, int dims, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_transpose")]
    internal static partial int Transpose(TensorHandle a, long first, long second, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_narrow")]
    internal static partial int Narrow(TensorHandle a, long dim, long start, long length, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_select")]
    internal static partial int Select(TensorHandle a, long dim, long index, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_index_select")]
    internal static partial int IndexSelect(TensorHandle a, long dim, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_gather")]
    internal static partial int Gather(TensorHandle a, long dim, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_scatter_add")]
    internal static partial int ScatterAdd(TensorHandle a, long dim, TensorHandle index, TensorHandle source, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_roll")]
    internal static partial int Roll(TensorHandle a, ReadOnlySpan<long> shifts, ReadOnlySpan<long> over, int dims, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_unsqueeze")]
    internal static partial int Unsqueeze(TensorHandle a, long dim, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_squeeze")]
    internal static partial int Squeeze(TensorHandle a, long dim, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cat")]
    internal static partial int Cat(ReadOnlySpan<IntPtr> tensors, int count, long dim, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_stack")]
    internal static partial int Stack(ReadOnlySpan<IntPtr> tensors, int count, long dim, out TensorHandle result);
}
