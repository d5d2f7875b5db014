using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

/// <summary>libsmirk_vision's exports, by area. Each returns a status that <see cref="VisionNative.Check"/> turns into an
/// exception.</summary>
internal static partial class NativeMethods
{
    internal const string Library = "smirk_vision";

    [LibraryImport(Library, EntryPoint = "smirk_vision_abi")]
    internal static partial int Abi();

    [LibraryImport(Library, EntryPoint = "smirk_vision_last_error")]
    internal static partial IntPtr LastError();

    [LibraryImport(Library, EntryPoint = "smirk_vision_version")]
    internal static partial IntPtr Version();

    [LibraryImport(Library, EntryPoint = "smirk_vision_set_threads")]
    internal static partial int SetThreads(int threads);
}
