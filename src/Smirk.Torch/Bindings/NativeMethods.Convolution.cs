using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_conv2d")]
    internal static partial int Conv2d(
        TensorHandle x, TensorHandle weight, TensorHandle bias, long stride, long padding, double slope, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_conv_transpose2d")]
    internal static partial int ConvTranspose2d(
        TensorHandle x, TensorHandle weight, TensorHandle bias, long stride, long padding, long outputPadding, double slope,
            out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_convolution_map")]
    internal static partial int ConvolutionMap(
        int map, TensorHandle a, TensorHandle b, long stride, long padding, long height, long width, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_choose_kernels")]
    internal static partial int ChooseKernels([MarshalAs(UnmanagedType.LPUTF8Str)] string name, out int found);

    [LibraryImport(Library, EntryPoint = "smirk_torch_batch_norm")]
    internal static partial int BatchNorm(
        TensorHandle x, TensorHandle weight, TensorHandle bias, TensorHandle mean, TensorHandle variance, int training, double momentum,
            double eps, double slope,
        GroupHandle group, out TensorHandle result);
}
