using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch;

/// <summary>A network in a TorchScript file (torch.jit.save), such as Inception for FID. Runs in evaluation mode.</summary>
public sealed class ScriptModule : IDisposable
{
    private readonly ScriptHandle _handle;

    private ScriptModule(ScriptHandle handle) => _handle = handle;

    /// <summary>Loads a file onto a device.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TorchException">It isn't TorchScript, or of a version that this libtorch can't read.</exception>
    public static ScriptModule Load(string path, Device device = default)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no TorchScript file '{path}'", path);
        NativeCheck.Ensure(NativeMethods.ScriptLoad(path, device.Code, out var handle));
        return new ScriptModule(handle);
    }

    /// <summary>Runs it on one tensor; of several results the first.</summary>
    public Tensor Forward(Tensor input) => NativeCheck.Take(NativeMethods.ScriptForward(_handle, input.Handle, out var result), result);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
