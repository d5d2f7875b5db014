using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_script_load")]
    internal static partial int ScriptLoad([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int device, out ScriptHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_script_forward")]
    internal static partial int ScriptForward(ScriptHandle module, TensorHandle input, out TensorHandle result);
}
