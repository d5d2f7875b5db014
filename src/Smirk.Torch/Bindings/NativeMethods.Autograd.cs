using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_requires_grad")]
    internal static partial int RequiresGradient(TensorHandle tensor, out int result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_set_requires_grad")]
    internal static partial int SetRequiresGradient(TensorHandle tensor, int value);

    [LibraryImport(Library, EntryPoint = "smirk_torch_grad")]
    internal static partial int Gradient(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_set_grad")]
    internal static partial int SetGradient(TensorHandle tensor, TensorHandle gradient);

    [LibraryImport(Library, EntryPoint = "smirk_torch_clear_grads")]
    internal static partial int ClearGradients(ReadOnlySpan<IntPtr> tensors, int count);

    [LibraryImport(Library, EntryPoint = "smirk_torch_detach")]
    internal static partial int Detach(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_backward")]
    internal static partial int Backward(TensorHandle output, TensorHandle gradient, int retainGraph);

    [LibraryImport(Library, EntryPoint = "smirk_torch_gradients")]
    internal static partial int Gradients(
        TensorHandle output, TensorHandle gradient, ReadOnlySpan<IntPtr> inputs, int count, int retainGraph, int createGraph,
        int allowUnused, Span<IntPtr> results);

    [LibraryImport(Library, EntryPoint = "smirk_torch_grad_enabled")]
    internal static partial int GradientEnabled(out int result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_set_grad_enabled")]
    internal static partial int SetGradientEnabled(int value);
}
