using Smirk.Torch.Bindings;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Torch;

/// <summary>Gradients of what was recorded.</summary>
public static class Autograd
{
    /// <summary>Adds the gradient of <paramref name="loss"/> (one number) to <see cref="Tensor.Gradient"/> of everything that needs one;
    /// frees the graph unless told to keep it.</summary>
    public static void Backward(Tensor loss, bool retainGraph = false) =>
        NativeCheck.Ensure(NativeMethods.Backward(loss.Handle, TensorHandle.None, retainGraph ? 1 : 0));

    /// <summary>The same from any tensor, with the gradient that arrives at it.</summary>
    public static void Backward(Tensor output, Tensor gradient, bool retainGraph = false) =>
        NativeCheck.Ensure(NativeMethods.Backward(output.Handle, gradient.Handle, retainGraph ? 1 : 0));

    /// <summary>The gradients of <paramref name="output"/> (one number) with respect to <paramref name="inputs"/>, touching nobody's
    /// <see cref="Tensor.Gradient"/>.</summary>
    /// <param name="output">A tensor of one element.</param>
    /// <param name="inputs">Tensors that need gradients and that the output depends on.</param>
    /// <param name="createGraph">True records the gradients themselves, so that they can be differentiated (R1).</param>
    /// <param name="retainGraph">Keeps the graph for another pass; always so with <paramref name="createGraph"/>.</param>
    /// <exception cref="TorchException">The output doesn't depend on one of the inputs.</exception>
    public static Tensor[] Gradients(Tensor output, IReadOnlyList<Tensor> inputs, bool createGraph = false, bool retainGraph = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var results = new IntPtr[inputs.Count];
        var status = NativeMethods.Gradients(output.Handle, TensorHandle.None, Handles.Of(inputs), inputs.Count, createGraph || retainGraph
            ? 1 : 0, createGraph ? 1 : 0, 0, results);
        GC.KeepAlive(inputs);
        NativeCheck.Ensure(status);
        return Array.ConvertAll(results, pointer => new Tensor(new TensorHandle(pointer)));
    }

    /// <summary>Forgets the gradients of all <paramref name="tensors"/>.</summary>
    public static void ClearGradients(IReadOnlyList<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        NativeCheck.Ensure(NativeMethods.ClearGradients(Handles.Of(tensors), tensors.Count));
        GC.KeepAlive(tensors);
    }

    /// <summary>Until disposed, nothing is recorded on this thread.</summary>
    public static NoGradient NoGradient() => Torch.NoGradient.Begin();
}

/// <summary>While it lives, nothing is recorded on this thread. From <see cref="Autograd.NoGradient"/>.</summary>
public readonly ref struct NoGradient
{
    private readonly bool _before;

    private NoGradient(bool before) => _before = before;

    internal static NoGradient Begin()
    {
        NativeCheck.Ensure(NativeMethods.GradientEnabled(out var before));
        NativeCheck.Ensure(NativeMethods.SetGradientEnabled(0));
        return new NoGradient(before != 0);
    }

    /// <summary>Records again, if it did before.</summary>
    public void Dispose() => NativeCheck.Ensure(NativeMethods.SetGradientEnabled(_before ? 1 : 0));
}
