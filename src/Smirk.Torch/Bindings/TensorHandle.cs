using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

/// <summary>Owns one native tensor.</summary>
internal sealed class TensorHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    /// <summary>Stands for "no tensor" in calls that allow it.</summary>
    public static TensorHandle None { get; } = new();

    public TensorHandle(IntPtr owned)
        : this() => SetHandle(owned);

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.Free(handle);
        return true;
    }
}

/// <summary>Owns one native generator of random numbers.</summary>
internal sealed class GeneratorHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.FreeGenerator(handle);
        return true;
    }
}

/// <summary>Owns one native TorchScript module.</summary>
internal sealed class ScriptHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.FreeScript(handle);
        return true;
    }
}
