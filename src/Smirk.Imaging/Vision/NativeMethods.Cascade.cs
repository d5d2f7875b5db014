using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

// cascade.cpp and window.cpp.
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_vision_cascade_open")]
    internal static partial int OpenCascade(byte* xml, int length, out CascadeHandle cascade);

    [LibraryImport(Library, EntryPoint = "smirk_vision_cascade_close")]
    internal static partial void CloseCascade(IntPtr cascade);

    [LibraryImport(Library, EntryPoint = "smirk_vision_cascade_window")]
    internal static partial int CascadeWindow(CascadeHandle cascade, out int side);

    [LibraryImport(Library, EntryPoint = "smirk_vision_cascade_detect")]
    internal static partial int Detect(
        CascadeHandle cascade, byte* grey, int width, int height, double step, int minimum, int maximum, CascadeHit* hits, int capacity,
        out int count);

    [LibraryImport(Library, EntryPoint = "smirk_vision_window")]
    internal static partial int Window(
        byte* pixels, int width, int height, int channels, double x, double y, double scale, double degrees, int mirror,
        int resultWidth, int resultHeight, byte* result);

    [LibraryImport(Library, EntryPoint = "smirk_vision_blur")]
    internal static partial int Blur(byte* grey, int width, int height, double sigma, byte* result);
}

/// <summary>Owns a classifier of OpenCV's.</summary>
internal sealed class CascadeHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.CloseCascade(handle);
        return true;
    }
}
