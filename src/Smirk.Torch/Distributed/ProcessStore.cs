using System.Text;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Distributed;

/// <summary>Keys and values that several processes share: a connection to c10d's TCP store, which one of them, or their launcher,
/// serves.</summary>
public sealed class ProcessStore : IDisposable
{
    private readonly StoreHandle _handle;

    private ProcessStore(StoreHandle handle) => _handle = handle;

    internal StoreHandle Handle => _handle;

    /// <summary>Serves a store in this process, and connects to it.</summary>
    /// <param name="port">Where it listens, on every interface.</param>
    /// <param name="prefix">Put in front of every key.</param>
    /// <param name="patience">How long a call may take.</param>
    /// <exception cref="TorchException">The port is taken, or this libtorch has no process groups.</exception>
    public static ProcessStore Serve(int port, string prefix, TimeSpan patience) => Open("127.0.0.1", port, true, prefix, patience);

    /// <summary>Connects to a store; tries until that succeeds or <paramref name="patience"/> is over.</summary>
    /// <param name="host">Name or address of the machine that serves it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="prefix">Put in front of every key; the same for all processes.</param>
    /// <param name="patience">How long to try.</param>
    /// <exception cref="TorchException">Nobody answered, or this libtorch has no process groups.</exception>
    public static ProcessStore Connect(string host, int port, string prefix, TimeSpan patience) =>
        Open(host, port, false, prefix, patience);

    /// <summary>Sets a key.</summary>
    /// <exception cref="TorchException">The store is gone.</exception>
    public void Set(string key, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        NativeCheck.Ensure(NativeMethods.SetInStore(_handle, key, bytes, bytes.Length));
    }

    /// <summary>What a key was set to; null where it wasn't. Doesn't wait for it.</summary>
    /// <exception cref="TorchException">The store is gone.</exception>
    public string? Get(string key)
    {
        NativeCheck.Ensure(NativeMethods.GetFromStore(_handle, key, out var value));
        if (value.IsInvalid)
            return null;
        using var tensor = new Tensor(value).Own();
        return Encoding.UTF8.GetString(tensor.ToBytes());
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static ProcessStore Open(string host, int port, bool serve, string prefix, TimeSpan patience)
    {
        var status = NativeMethods.Store(host, port, serve ? 1 : 0, (long)patience.TotalMilliseconds, prefix, out var handle);
        NativeCheck.Ensure(status);
        return new ProcessStore(handle);
    }
}
