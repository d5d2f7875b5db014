using Smirk.Torch.Tensors;

namespace Smirk.Torch.Bindings;

/// <summary>Native pointers of many tensors. The caller keeps the tensors alive during the call (GC.KeepAlive on the list).</summary>
internal static class Handles
{
    public static IntPtr[] Of(IReadOnlyList<Tensor> tensors)
    {
        var pointers = new IntPtr[tensors.Count];
        for (var i = 0; i < pointers.Length; i++)
        {
            ObjectDisposedException.ThrowIf(tensors[i].Handle.IsClosed, tensors[i]);
            pointers[i] = tensors[i].Handle.DangerousGetHandle();
        }

        return pointers;
    }
}
