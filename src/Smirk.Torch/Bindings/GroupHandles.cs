using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

/// <summary>Owns one native connection to a store.</summary>
internal sealed class StoreHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.FreeStore(handle);
        return true;
    }
}

/// <summary>Owns one native process group.</summary>
internal sealed class GroupHandle() : SafeHandle(IntPtr.Zero, ownsHandle: true)
{
    /// <summary>Stands for "no group" in calls that allow it.</summary>
    public static GroupHandle None { get; } = new();

    /// <summary>Set when the group was given up: freeing it would wait for processes that are gone.</summary>
    public bool IsAbandoned { get; set; }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        if (!IsAbandoned)
            NativeMethods.FreeGroup(handle);
        return true;
    }
}
