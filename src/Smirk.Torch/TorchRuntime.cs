using System.Text;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;

namespace Smirk.Torch;

/// <summary>The libtorch that is loaded, and its settings for the whole process.</summary>
public static class TorchRuntime
{
    /// <summary>libtorch's version, such as "1.13.1".</summary>
    /// <exception cref="TorchMissingException">libtorch or the shim can't be loaded.</exception>
    public static string Version => Text(static (buffer) => NativeMethods.Version(buffer, buffer.Length));

    /// <summary>CUDA devices that this libtorch can use.</summary>
    public static int CudaDeviceCount
    {
        get
        {
            NativeCheck.Ensure(NativeMethods.CudaDevices(out var count));
            return count;
        }
    }

    /// <summary>True when there is a CUDA device and this libtorch was built for it.</summary>
    public static bool HasCuda => CudaDeviceCount > 0;

    /// <summary>Threads that one operation of this thread uses on the CPU.</summary>
    public static int Threads
    {
        get
        {
            NativeCheck.Ensure(NativeMethods.GetThreads(out var count));
            return count;
        }
    }

    /// <summary>The name of a CUDA device, such as "NVIDIA A100".</summary>
    public static string CudaDeviceName(int index = 0) => Text(buffer => NativeMethods.CudaName(index, buffer, buffer.Length));

    /// <summary>Sets how many threads one operation uses on the CPU, in libtorch and in OpenBLAS, of this thread and of those that haven't
    /// computed yet; 0 takes all cores. Debian's build starts with 1. Operations of threads with different numbers wait for each
    /// other.</summary>
    public static void SetThreads(int count = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        NativeCheck.Ensure(NativeMethods.SetThreads(count == 0 ? Environment.ProcessorCount : count));
    }

    /// <summary>Waits until all work given to the CUDA devices is done; nothing on the CPU.</summary>
    public static void Synchronize() => NativeCheck.Ensure(NativeMethods.CudaSynchronize());

    private static string Text(Func<byte[], int> read)
    {
        var buffer = new byte[512];
        NativeCheck.Ensure(read(buffer));
        return Encoding.UTF8.GetString(buffer.AsSpan(0, Array.IndexOf(buffer, (byte)0)));
    }
}
