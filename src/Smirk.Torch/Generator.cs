using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch;

/// <summary>A source of random numbers with a state of its own, on one device. The same seed gives the same numbers on the same kind of
/// device.</summary>
public sealed class Generator : IDisposable
{
    /// <summary>Starts at <paramref name="seed"/>. Use one a purpose (latents, augmentation, data order), so that one doesn't shift
    /// another.</summary>
    public Generator(ulong seed, Device device = default)
    {
        NativeCheck.Ensure(NativeMethods.Generator(seed, device.Code, out var handle));
        (Handle, Device) = (handle, device);
    }

    /// <summary>Where its numbers are made.</summary>
    public Device Device { get; }

    internal GeneratorHandle Handle { get; }

    /// <summary>All of its state (5,056 bytes on the CPU, 16 on CUDA), for a snapshot.</summary>
    public byte[] GetState()
    {
        NativeCheck.Ensure(NativeMethods.GeneratorState(Handle, out var state));
        using var tensor = new Tensor(state).Own();
        return tensor.ToBytes();
    }

    /// <summary>Goes on from a state that <see cref="GetState"/> gave on the same kind of device.</summary>
    /// <exception cref="TorchException">The bytes are no such state.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        using var tensor = Tensor.FromBytes(state, DType.UInt8, [state.Length]).Own();
        NativeCheck.Ensure(NativeMethods.SetGeneratorState(Handle, tensor.Handle));
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
