using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_adam")]
    internal static partial int Adam(
        ReadOnlySpan<IntPtr> parameters, ReadOnlySpan<IntPtr> firsts, ReadOnlySpan<IntPtr> seconds, int count,
        double rate, double beta1, double beta2, double eps, double decay, long step, int clip);

    [LibraryImport(Library, EntryPoint = "smirk_torch_lerp_many")]
    internal static partial int LerpMany(ReadOnlySpan<IntPtr> targets, ReadOnlySpan<IntPtr> sources, int count, double weight);
}
