using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_eq")]
    internal static partial int Equal(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_ne")]
    internal static partial int NotEqual(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_lt")]
    internal static partial int Less(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_le")]
    internal static partial int LessOrEqual(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_gt")]
    internal static partial int Greater(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_ge")]
    internal static partial int GreaterOrEqual(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_logical_and")]
    internal static partial int LogicalAnd(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_logical_or")]
    internal static partial int LogicalOr(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_eq_scalar")]
    internal static partial int EqualScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_ne_scalar")]
    internal static partial int NotEqualScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_lt_scalar")]
    internal static partial int LessScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_le_scalar")]
    internal static partial int LessOrEqualScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_gt_scalar")]
    internal static partial int GreaterScalar(TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_ge_scalar")]
    internal static partial int GreaterOrEqualScalar(TensorHandle a, double b, out TensorHandle result);
}
