using Smirk.Torch.Tensors;

namespace Smirk.Torch;

/// <summary>Every tensor made while a scope is open, on the same thread, is disposed at the scope's end, unless kept. Scopes
/// nest.</summary>
/// <example><code>using var scope = TensorScope.Open(); var loss = Step(); return scope.Keep(loss);</code></example>
public readonly ref struct TensorScope
{
    [ThreadStatic]
    private static Frame? _current;

    private readonly Frame _frame;

    private TensorScope(Frame frame) => _frame = frame;

    /// <summary>Opens a scope on this thread. Use it with <c>using</c>.</summary>
    public static TensorScope Open()
    {
        var frame = Frame.Rent(_current);
        _current = frame;
        return new TensorScope(frame);
    }

    /// <summary>Moves <paramref name="tensor"/> to the scope outside this one; from the outermost it belongs to the caller. A tensor of
    /// another scope stays where it is.</summary>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Scope == _frame)
        {
            Release(tensor);
            Add(_frame.Outer, tensor);
        }

        return tensor;
    }

    /// <summary>Ends the scope: what it made and didn't keep is disposed.</summary>
    public void Dispose()
    {
        if (_current != _frame)
            throw new InvalidOperationException("TensorScopes must end in reverse order of their opening, on the thread that opened them");
        _current = _frame.Outer;
        _frame.End();
    }

    /// <summary>Takes a tensor out of whatever scope it is in: it now belongs to the caller (a module, an optimiser).</summary>
    internal static void Release(Tensor tensor)
    {
        if (tensor.Scope is { } frame)
        {
            frame.Tensors[tensor.ScopeIndex] = null;
            tensor.Scope = null;
        }
    }

    /// <summary>Notes a tensor that was just made in the scope that is open, if any.</summary>
    internal static void Note(Tensor tensor) => Add(_current, tensor);

    private static void Add(Frame? frame, Tensor tensor)
    {
        if (frame is null)
            return;
        tensor.Scope = frame;
        tensor.ScopeIndex = frame.Tensors.Count;
        frame.Tensors.Add(tensor);
    }

    internal sealed class Frame
    {
        // Frames are used again: a training step opens a handful, thousands of times.
        [ThreadStatic]
        private static Stack<Frame>? _spare;

        public List<Tensor?> Tensors { get; } = [];

        public Frame? Outer { get; private set; }

        public static Frame Rent(Frame? outer)
        {
            var frame = _spare is { Count: > 0 } ? _spare.Pop() : new Frame();
            frame.Outer = outer;
            return frame;
        }

        public void End()
        {
            foreach (var tensor in Tensors)
            {
                if (tensor is null)
                    continue;
                tensor.Scope = null;
                tensor.Dispose();
            }

            Tensors.Clear();
            Outer = null;
            (_spare ??= new()).Push(this);
        }
    }
}
