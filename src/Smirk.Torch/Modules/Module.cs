using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>A part of a network: parameters that are learned, buffers that are only kept (running statistics), and parts of its own, under
/// dotted names such as "block1.conv.weight".</summary>
public abstract class Module : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _parameters = [];
    private readonly List<(string Name, Tensor Tensor)> _buffers = [];
    private readonly List<(string Name, Module Module)> _parts = [];

    /// <summary>True while it learns: batch normalisation takes the batch's statistics. Set it by <see cref="Train"/>.</summary>
    public bool Training { get; private set; } = true;

    /// <summary>The processes that train this module together, each with a part of the batch: batch normalisation takes the statistics of
    /// all parts. Null for one process. Set it by <see cref="ShareWith"/>.</summary>
    public ProcessGroup? Group { get; private set; }

    /// <summary>All learned tensors with their names, in a fixed order. They stay the module's: don't dispose them.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Parameters() => Collect(module => module._parameters);

    /// <summary>All kept tensors with their names, in a fixed order.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Buffers() => Collect(module => module._buffers);

    /// <summary>Parameters and buffers by name: what a snapshot holds.</summary>
    public IReadOnlyDictionary<string, Tensor> StateDict() =>
        Parameters().Concat(Buffers()).ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);

    /// <summary>Number of learned numbers.</summary>
    public long ParameterCount => Parameters().Sum(entry => entry.Tensor.Count);

    /// <summary>Copies <paramref name="state"/> into the parameters and buffers; every one must be there with its shape, and no other.
    /// Nothing is changed when something is wrong.</summary>
    /// <exception cref="StateMismatchException">Names or shapes differ; the message lists them.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        StateMismatchException.ThrowIfDifferent(own, state);
        using var noGradient = Autograd.NoGradient();
        foreach (var (name, tensor) in own)
            tensor.CopyFrom(state[name]);
    }

    /// <summary>Moves all tensors to <paramref name="device"/>. Do it before an optimiser is made.</summary>
    public void To(Device device)
    {
        Move(_parameters, device, learned: true);
        Move(_buffers, device, learned: false);
        foreach (var (_, part) in _parts)
            part.To(device);
    }

    /// <summary>Sets <see cref="Training"/> here and in all parts.</summary>
    public void Train(bool on = true)
    {
        Training = on;
        foreach (var (_, part) in _parts)
            part.Train(on);
    }

    /// <summary>Sets <see cref="Group"/> here and in all parts; the group must outlive the module.</summary>
    public void ShareWith(ProcessGroup? group)
    {
        Group = group;
        foreach (var (_, part) in _parts)
            part.ShareWith(group);
    }

    /// <summary>Switches recording for all parameters: a frozen network passes gradients through but gets none, and none are
    /// computed.</summary>
    public void SetRequiresGradient(bool on)
    {
        foreach (var (_, tensor) in Parameters())
            tensor.RequiresGradient = on;
    }

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients() => Autograd.ClearGradients([.. Parameters().Select(entry => entry.Tensor)]);

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in _parameters.Concat(_buffers))
            tensor.Dispose();
        foreach (var (_, part) in _parts)
            part.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a tensor as a learned one. Read it again by <see cref="Parameter"/>: moving to a device replaces it.</summary>
    protected void AddParameter(string name, Tensor tensor)
    {
        tensor.Own().RequiresGradient = true;
        _parameters.Add((name, tensor));
    }

    /// <summary>Takes a tensor as a kept one.</summary>
    protected void AddBuffer(string name, Tensor tensor) => _buffers.Add((name, tensor.Own()));

    /// <summary>Takes a module as a part, and returns it.</summary>
    protected T AddPart<T>(string name, T module)
        where T : Module
    {
        _parts.Add((name, module));
        return module;
    }

    /// <summary>The learned tensor of this module (not of its parts) with that number, in the order of adding.</summary>
    protected Tensor Parameter(int index) => _parameters[index].Tensor;

    /// <summary>The kept tensor of this module with that number, in the order of adding.</summary>
    protected Tensor Buffer(int index) => _buffers[index].Tensor;

    private static void Move(List<(string Name, Tensor Tensor)> entries, Device device, bool learned)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            using var old = entries[i].Tensor;
            var moved = old.Detach().To(device);
            moved.Own().RequiresGradient = learned && old.RequiresGradient;
            entries[i] = (entries[i].Name, moved);
        }
    }

    private List<(string Name, Tensor Tensor)> Collect(Func<Module, List<(string Name, Tensor Tensor)>> own)
    {
        var all = new List<(string, Tensor)>(own(this));
        foreach (var (name, part) in _parts)
            all.AddRange(part.Collect(own).Select(entry => ($"{name}.{entry.Name}", entry.Tensor)));
        return all;
    }
}
