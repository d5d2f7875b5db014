using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_sum")]
    internal static partial int Sum(TensorHandle a, ReadOnlySpan<long> dims, int count, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_mean")]
    internal static partial int Mean(TensorHandle a, ReadOnlySpan<long> dims, int count, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_amax")]
    internal static partial int Max(TensorHandle a, ReadOnlySpan<long> dims, int count, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_amin")]
    internal static partial int Min(TensorHandle a, ReadOnlySpan<long> dims, int count, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_var")]
    internal static partial int Variance(
        TensorHandle a, ReadOnlySpan<long> dims, int count, int unbiased, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_argmax")]
    internal static partial int ArgMax(TensorHandle a, long dim, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_argmin")]
    internal static partial int ArgMin(TensorHandle a, long dim, int keep, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cumsum")]
    internal static partial int CumulativeSum(TensorHandle a, long dim, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_sort")]
    internal static partial int Sort(TensorHandle a, long dim, int descending, out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library, EntryPoint = "smirk_torch_topk")]
    internal static partial int TopK(TensorHandle a, long k, long dim, int largest, out TensorHandle values, out TensorHandle indices);

    [LibraryImport(Library, EntryPoint = "smirk_torch_kth")]
    internal static partial int Kth(TensorHandle a, long k, long dim, int keep, out TensorHandle values, out TensorHandle indices);
}
