using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Distributed;

/// <summary>Processes that compute together, by c10d's Gloo: each calls the same operations in the same order. Operations wait for the
/// others, however long that takes, until the group is given up.</summary>
public sealed class ProcessGroup : IDisposable
{
    /// <summary>Meets the others. Returns when all have come.</summary>
    /// <param name="store">Where they meet; stays the caller's, and must stay open until all have met.</param>
    /// <param name="rank">Number of this process, from 0.</param>
    /// <param name="size">Number of processes.</param>
    /// <param name="address">An address of this machine at which the others reach it.</param>
    /// <exception cref="TorchException">The others can't be reached, or the address isn't this machine's.</exception>
    public ProcessGroup(ProcessStore store, int rank, int size, string address)
    {
        ArgumentNullException.ThrowIfNull(store);
        NativeCheck.Ensure(NativeMethods.Group(store.Handle, rank, size, address, out var handle));
        (Handle, Rank, Size) = (handle, rank, size);
    }

    /// <summary>Whether libtorch and its shim were built with process groups.</summary>
    public static bool IsAvailable => NativeMethods.GroupAvailable() != 0;

    /// <summary>Number of this process, from 0.</summary>
    public int Rank { get; }

    /// <summary>Number of processes.</summary>
    public int Size { get; }

    internal GroupHandle Handle { get; }

    /// <summary>Replaces <paramref name="tensor"/> by the sum of all processes'; the same bits in each.</summary>
    /// <exception cref="TorchException">Another process is gone.</exception>
    public void Sum(Tensor tensor) => NativeCheck.Ensure(NativeMethods.SumOverGroup(Handle, tensor.Handle));

    /// <summary>Replaces <paramref name="tensor"/> by that of process <paramref name="root"/>.</summary>
    /// <exception cref="TorchException">Another process is gone.</exception>
    public void Broadcast(Tensor tensor, int root = 0) => NativeCheck.Ensure(NativeMethods.Broadcast(Handle, tensor.Handle, root));

    /// <summary>Begins to average the gradients of <paramref name="parameters"/> over all processes, in one message, while this process
    /// computes on.</summary>
    /// <returns>To be ended before the gradients are used.</returns>
    /// <exception cref="TorchException">Another process is gone, or no parameter has a gradient.</exception>
    public GradientExchange BeginAverage(IReadOnlyList<Tensor> parameters)
    {
        var status = NativeMethods.BeginExchange(Handle, Handles.Of(parameters), parameters.Count, out var exchange);
        GC.KeepAlive(parameters);
        NativeCheck.Ensure(status);
        return new GradientExchange(exchange);
    }

    /// <summary>Gives the group up: what waits for others, on whatever thread, fails within a second, and so does what comes after. The
    /// process can't compute with others any more.</summary>
    public void Abandon()
    {
        Handle.IsAbandoned = true;
        NativeMethods.AbandonGroup(Handle);
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}

/// <summary>Gradients on their way through all processes.</summary>
public readonly struct GradientExchange
{
    private readonly IntPtr _exchange;

    internal GradientExchange(IntPtr exchange) => _exchange = exchange;

    /// <summary>Waits, and puts the averages in the place of the gradients. To be called once. Nothing is waited for where nothing was
    /// begun.</summary>
    /// <exception cref="TorchException">Another process is gone.</exception>
    public void End()
    {
        if (_exchange != IntPtr.Zero)
            NativeCheck.Ensure(NativeMethods.EndExchange(_exchange));
    }
}
