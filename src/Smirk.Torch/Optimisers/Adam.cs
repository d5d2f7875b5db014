using Smirk.Torch.Bindings;
using Smirk.Torch.Distributed;
using Smirk.Torch.Tensors;

namespace Smirk.Torch.Optimisers;

/// <summary>Adam (Kingma and Ba 2015), all parameters in one native call.</summary>
public sealed class Adam : IDisposable
{
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> _parameters;
    private readonly Tensor[] _tensors;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly AdamOptions _options;

    /// <summary>For the parameters of a module, which must be on their device already.</summary>
    public Adam(IReadOnlyList<(string Name, Tensor Tensor)> parameters, AdamOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        (_parameters, _options, LearningRate) = (parameters, options, options.LearningRate);
        _tensors = [.. parameters.Select(entry => entry.Tensor)];
        _first = Array.ConvertAll(_tensors, tensor => Tensor.ZerosLike(tensor).Own());
        _second = Array.ConvertAll(_tensors, tensor => Tensor.ZerosLike(tensor).Own());
    }

    /// <summary>Learning rate of the next step; may change over time.</summary>
    public double LearningRate { get; set; }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    /// <summary>Begins to average the gradients of all parameters over <paramref name="group"/>, if there is one, while this process
    /// computes on.</summary>
    /// <returns>To be ended before <see cref="Step"/>.</returns>
    public GradientExchange BeginExchange(ProcessGroup? group) => group?.BeginAverage(_tensors) ?? default;

    /// <summary>Changes all parameters that have a gradient, by one step.</summary>
    public void Step()
    {
        Steps++;
        var status = NativeMethods.Adam(
            Handles.Of(_tensors), Handles.Of(_first), Handles.Of(_second), _tensors.Length, LearningRate, _options.Beta1, _options.Beta2,
            _options.Epsilon, _options.WeightDecay, Steps, _options.ClipUpdates ? 1 : 0);
        GC.KeepAlive(this);
        NativeCheck.Ensure(status);
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ClearGradients() => Autograd.ClearGradients(_tensors);

    /// <summary>What a snapshot needs to go on: "NAME.first" and "NAME.second" for each parameter. Keep <see cref="Steps"/> beside it. The
    /// tensors stay the optimiser's.</summary>
    public IReadOnlyDictionary<string, Tensor> StateDict()
    {
        var state = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < _tensors.Length; i++)
        {
            state[$"{_parameters[i].Name}.first"] = _first[i];
            state[$"{_parameters[i].Name}.second"] = _second[i];
        }

        return state;
    }

    /// <summary>Goes on from a state and the number of steps that led to it.</summary>
    /// <exception cref="Modules.StateMismatchException">Names or shapes differ.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state, long steps)
    {
        ArgumentNullException.ThrowIfNull(state);
        var own = StateDict();
        Modules.StateMismatchException.ThrowIfDifferent(own, state);
        foreach (var (name, tensor) in own)
            tensor.CopyFrom(state[name]);
        Steps = steps;
    }

    /// <summary>Frees its state; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var tensor in _first.Concat(_second))
            tensor.Dispose();
    }
}
