using System.Runtime.InteropServices;

namespace Smirk.Imaging.Native;

/// <summary>smirk_vips_status, and the text that comes with it.</summary>
internal static unsafe class VipsStatus
{
    public const int Ok = 0;
    public const int Unusable = 1;
    public const int Unsupported = 2;

    /// <summary>The message of this thread's last failure.</summary>
    public static string LastError() => Marshal.PtrToStringUTF8((IntPtr)NativeMethods.LastError())?.Trim() ?? "";
}
