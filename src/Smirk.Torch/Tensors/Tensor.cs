using Smirk.Torch.Bindings;

namespace Smirk.Torch.Tensors;

/// <summary>A libtorch tensor. Operations make new tensors and may be recorded for gradients; those of a <see cref="TensorScope"/> die with
/// it, others when disposed.</summary>
public sealed partial class Tensor : IDisposable
{
    private long[]? _shape;
    private DType _type;
    private Device _device;

    internal Tensor(TensorHandle handle)
    {
        Handle = handle;
        TensorScope.Note(this);
    }

    /// <summary>Native tensors that nobody has freed yet, in the whole process. Tests assert that it returns to where it was.</summary>
    public static long LiveCount => NativeMethods.Live();

    /// <summary>Length of each dimension; empty for a single number.</summary>
    public long[] Shape => Describe()._shape!;

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => Describe()._shape!.Length;

    /// <summary>Number of elements.</summary>
    public long Count => Describe()._shape!.Aggregate(1L, (product, size) => product * size);

    /// <summary>Type of the elements.</summary>
    public DType DType => Describe()._type;

    /// <summary>Where the elements lie.</summary>
    public Device Device => Describe()._device;

    /// <summary>True when operations on it are recorded. Only tensors made by hand (parameters, inputs) can be set.</summary>
    public bool RequiresGradient
    {
        get
        {
            NativeCheck.Ensure(NativeMethods.RequiresGradient(Handle, out var result));
            return result != 0;
        }
        set => NativeCheck.Ensure(NativeMethods.SetRequiresGradient(Handle, value ? 1 : 0));
    }

    /// <summary>The gradient that backward summed up, as a new handle to it (dispose it, or have a scope do so); null when there is none.
    /// Setting null clears it.</summary>
    public Tensor? Gradient
    {
        get
        {
            NativeCheck.Ensure(NativeMethods.Gradient(Handle, out var result));
            return result.IsInvalid ? null : new Tensor(result);
        }
        set => NativeCheck.Ensure(NativeMethods.SetGradient(Handle, value?.Handle ?? TensorHandle.None));
    }

    internal TensorHandle Handle { get; }

    internal TensorScope.Frame? Scope { get; set; }

    internal int ScopeIndex { get; set; }

    /// <summary>Frees the handle; the memory goes when no other tensor or graph uses it.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>Such as "Float32[64, 3, 64, 64] on cpu".</summary>
    public override string ToString() => Handle.IsClosed ? "disposed tensor" : $"{DType}[{string.Join(", ", Shape)}] on {Device}";

    /// <summary>Takes it out of its scope, for something that outlives that: it now belongs to the caller.</summary>
    public Tensor Own()
    {
        TensorScope.Release(this);
        return this;
    }

    // Neither shape nor type nor place of a handle ever changes, so one native call tells all for good.
    private Tensor Describe()
    {
        if (_shape is null)
        {
            Span<long> sizes = stackalloc long[8];
            NativeCheck.Ensure(NativeMethods.Describe(Handle, sizes, out var dims, out var type, out var device));
            (_type, _device) = ((DType)type, Device.FromCode(device));
            _shape = sizes[..dims].ToArray();
        }

        return this;
    }
}
