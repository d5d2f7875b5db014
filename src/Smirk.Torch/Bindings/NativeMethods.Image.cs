using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_pixel_shuffle")]
    internal static partial int PixelShuffle(TensorHandle a, long factor, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_pixel_unshuffle")]
    internal static partial int PixelUnshuffle(TensorHandle a, long factor, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_pad")]
    internal static partial int Pad(TensorHandle a, ReadOnlySpan<long> edges, int count, int mode, double value, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_avg_pool2d")]
    internal static partial int AvgPool2d(TensorHandle a, long kernel, long stride, long padding, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_interpolate")]
    internal static partial int Interpolate(TensorHandle a, long height, long width, int bilinear, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_affine_grid")]
    internal static partial int AffineGrid(
        TensorHandle theta, ReadOnlySpan<long> sizes, int dims, int alignCorners, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_grid_sample")]
    internal static partial int GridSample(
        TensorHandle a, TensorHandle grid, int mode, int padding, int alignCorners, out TensorHandle result);
}
