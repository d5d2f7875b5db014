using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_add_in_place")]
    internal static partial int AddInPlace(TensorHandle a, TensorHandle b, double alpha);

    [LibraryImport(Library, EntryPoint = "smirk_torch_mul_in_place")]
    internal static partial int MultiplyInPlace(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "smirk_torch_mul_scalar_in_place")]
    internal static partial int MultiplyScalarInPlace(TensorHandle a, double b);

    [LibraryImport(Library, EntryPoint = "smirk_torch_add_scalar_in_place")]
    internal static partial int AddScalarInPlace(TensorHandle a, double b);

    [LibraryImport(Library, EntryPoint = "smirk_torch_lerp_in_place")]
    internal static partial int LerpInPlace(TensorHandle a, TensorHandle b, double weight);

    [LibraryImport(Library, EntryPoint = "smirk_torch_copy_in_place")]
    internal static partial int CopyInPlace(TensorHandle a, TensorHandle source);

    [LibraryImport(Library, EntryPoint = "smirk_torch_fill_in_place")]
    internal static partial int FillInPlace(TensorHandle a, double value);
}
