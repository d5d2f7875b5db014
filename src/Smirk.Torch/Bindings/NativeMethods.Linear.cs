using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_matmul")]
    internal static partial int MatMul(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_bmm")]
    internal static partial int BatchMatMul(TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_addmm")]
    internal static partial int AddMatMul(TensorHandle c, TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cdist")]
    internal static partial int CDist(TensorHandle a, TensorHandle b, double p, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_eigh")]
    internal static partial int Eigh(TensorHandle a, out TensorHandle values, out TensorHandle vectors);

    [LibraryImport(Library, EntryPoint = "smirk_torch_svd")]
    internal static partial int Svd(TensorHandle a, out TensorHandle u, out TensorHandle s, out TensorHandle vh);
}
