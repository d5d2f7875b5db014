using System.Runtime.InteropServices;

namespace Smirk.Imaging.Native;

/// <summary>A picture that the shim has opened. It looks into the bytes it was opened on: they stay pinned while it lives.</summary>
internal sealed class VipsPicture() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(handle);
        return true;
    }
}
