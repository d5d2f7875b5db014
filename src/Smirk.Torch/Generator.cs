using System.Buffers.Binary;
using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch;

/// <summary>A source of random numbers with a state of its own. The same seed gives the same numbers on the same kind of device; of
/// <see cref="Counted"/>, on all of them.</summary>
public sealed class Generator : IDisposable
{
    /// <summary>Starts at <paramref name="seed"/>. Use one a purpose (latents, augmentation, data order), so that one doesn't shift
    /// another.</summary>
    public Generator(ulong seed, Device device = default)
    {
        NativeCheck.Ensure(NativeMethods.Generator(seed, device.Code, out var handle));
        (Handle, Device) = (handle, device);
    }

    private Generator(GeneratorHandle handle, Device device, int rank = 0, int processes = 1) =>
        (Handle, Device, Rank, Processes) = (handle, device, rank, processes);

    /// <summary>One that counts (Philox4x32-10, Salmon et al. 2011): it gives the same numbers on every device, normal ones up to rounding,
    /// and makes them there. May be shared by processes that each work on an equal part of every batch: a process draws for the whole batch
    /// and keeps the rows that are its own.</summary>
    /// <remarks>So no two processes work with the same numbers, all states stay equal, and what is computed together doesn't depend on how
    /// many processes there are. Drawing costs little beside what a network does with the numbers.</remarks>
    /// <param name="seed">The same for all processes.</param>
    /// <param name="rank">Number of this process, from 0.</param>
    /// <param name="processes">How many there are.</param>
    /// <param name="device">Where its numbers are made.</param>
    public static Generator Counted(ulong seed, int rank = 0, int processes = 1, Device device = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, processes);
        NativeCheck.Ensure(NativeMethods.CountedGenerator(seed, out var handle));
        return new(handle, device, rank, processes);
    }

    /// <summary>The same source of numbers, for draws that all processes have in common: one place for a whole batch. Stays this
    /// generator's.</summary>
    public Generator Common => Processes == 1 ? this : new Generator(Handle, Device);

    /// <summary>The same source of numbers, which makes them on the CPU: for draws that C# decides by, or it would wait for a GPU. Stays
    /// this generator's. Only of a generator that counts, or is on the CPU already.</summary>
    public Generator OnCpu => Device.IsCuda ? new Generator(Handle, default, Rank, Processes) : this;

    /// <summary>Number of this process, from 0.</summary>
    internal int Rank { get; }

    /// <summary>Processes that share the numbers of a batch.</summary>
    internal int Processes { get; } = 1;

    /// <summary>Where its numbers are made.</summary>
    public Device Device { get; }

    internal GeneratorHandle Handle { get; }

    /// <summary>All of its state, for a snapshot: 16 bytes of one that counts; of others 5,056 on the CPU, 16 on CUDA.</summary>
    public byte[] GetState()
    {
        NativeCheck.Ensure(NativeMethods.GeneratorState(Handle, out var state));
        using var tensor = new Tensor(state).Own();
        return tensor.ToBytes();
    }

    /// <summary>Goes on from a state that <see cref="GetState"/> of a generator of the same kind gave.</summary>
    /// <exception cref="TorchException">The bytes are no such state.</exception>
    public void SetState(ReadOnlySpan<byte> state)
    {
        using var tensor = Tensor.FromBytes(state, DType.UInt8, [state.Length]).Own();
        NativeCheck.Ensure(NativeMethods.SetGeneratorState(Handle, tensor.Handle));
    }

    /// <summary>Goes to a place of its own stream. Only of a generator that counts.</summary>
    /// <param name="place">Words before it, from the stream's start.</param>
    public void GoTo(ulong place)
    {
        var state = GetState(); // the seed, then the place of the next word
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(sizeof(ulong)), place);
        SetState(state);
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
