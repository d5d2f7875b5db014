using System.Runtime.InteropServices;

namespace Smirk.Imaging.Native;

/// <summary>Bytes that the shim allocated.</summary>
internal sealed class VipsBytes() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>The first <paramref name="length"/> bytes, copied.</summary>
    public unsafe byte[] ToArray(long length) => new ReadOnlySpan<byte>((void*)handle, checked((int)length)).ToArray();

    protected override bool ReleaseHandle()
    {
        NativeMethods.Free(handle);
        return true;
    }
}
