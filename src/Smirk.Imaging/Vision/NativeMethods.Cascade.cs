using System.Runtime.InteropServices;

namespace Smirk.Imaging.Vision;

/// <summary>cascade.cpp's and window.cpp's exports. Each returns 0 or a status that <see cref="VisionNative.Check"/> turns into an exception.</summary>
internal static partial class CascadeMethods
{
    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_cascade_open(byte* xml, int length, out CascadeHandle cascade);

    [LibraryImport(VisionNative.Library)]
    internal static partial void smirk_vision_cascade_close(IntPtr cascade);

    [LibraryImport(VisionNative.Library)]
    internal static partial int smirk_vision_cascade_window(CascadeHandle cascade, out int side);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_cascade_detect(
        CascadeHandle cascade, byte* grey, int width, int height, double step, int minimum, int maximum, CascadeHit* hits, int capacity, out int count);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_window(
        byte* pixels, int width, int height, int channels, double x, double y, double scale, double degrees, int mirror, int resultWidth, int resultHeight, byte* result);

    [LibraryImport(VisionNative.Library)]
    internal static unsafe partial int smirk_vision_blur(byte* grey, int width, int height, double sigma, byte* result);
}

/// <summary>Owns a classifier of OpenCV's.</summary>
internal sealed class CascadeHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        CascadeMethods.smirk_vision_cascade_close(handle);
        return true;
    }
}
