using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_version")]
    internal static partial int Version(Span<byte> text, int capacity);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cuda_devices")]
    internal static partial int CudaDevices(out int count);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cuda_name")]
    internal static partial int CudaName(int index, Span<byte> text, int capacity);

    [LibraryImport(Library, EntryPoint = "smirk_torch_cuda_synchronize")]
    internal static partial int CudaSynchronize();

    [LibraryImport(Library, EntryPoint = "smirk_torch_set_threads")]
    internal static partial int SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "smirk_torch_get_threads")]
    internal static partial int GetThreads(out int count);

    [LibraryImport(Library, EntryPoint = "smirk_torch_profile_start")]
    internal static partial int ProfileStart();

    [LibraryImport(Library, EntryPoint = "smirk_torch_profile_stop")]
    internal static partial int ProfileStop(Span<byte> text, int capacity, out int length);

    [LibraryImport(Library, EntryPoint = "smirk_torch_memory")]
    internal static partial int Memory(out long kept, out long fetched, out long reused);

    [LibraryImport(Library, EntryPoint = "smirk_torch_throw")]
    internal static partial int Throw(int kind);
}
