using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Smirk.Native;
using Smirk.Torch.Errors;

namespace Smirk.Torch.Bindings;

/// <summary>libsmirk_torch's exports, by area. Each returns a status that <see cref="NativeCheck"/> turns into an exception.</summary>
internal static partial class NativeMethods
{
    /// <summary>Raised with every change of an export; native/torch/runtime.cpp has the same number.</summary>
    internal const int Abi = 7;

    internal const string Library = "smirk_torch";

    // Before the first call, whichever class makes it: a static constructor would wrap what Load throws.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, (name, _, _) => name == Library ? Load() : IntPtr.Zero);

    [LibraryImport(Library, EntryPoint = "smirk_torch_free")]
    internal static partial void Free(IntPtr tensor);

    [LibraryImport(Library, EntryPoint = "smirk_torch_generator_free")]
    internal static partial void FreeGenerator(IntPtr generator);

    [LibraryImport(Library, EntryPoint = "smirk_torch_script_free")]
    internal static partial void FreeScript(IntPtr module);

    [LibraryImport(Library, EntryPoint = "smirk_torch_live")]
    internal static partial long Live();

    [LibraryImport(Library, EntryPoint = "smirk_torch_last_error")]
    internal static partial IntPtr LastError();

    private static unsafe IntPtr Load()
    {
        IntPtr library;
        try
        {
            library = NativeLocator.Load(Library);
        }
        catch (DllNotFoundException error)
        {
            throw new TorchMissingException(error);
        }

        var abi = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "smirk_torch_abi"))();
        return abi == Abi ? library : throw new TorchMissingException(abi, Abi);
    }
}
