using Smirk.Torch.Tensors;

namespace Smirk.Torch.Modules;

/// <summary>y = x · Wᵀ + b. Weight [outputs, inputs], bias [outputs].</summary>
public sealed class Linear : Module
{
    private readonly bool _bias;

    /// <summary>Weights are drawn from N(0, <paramref name="deviation"/>), the bias starts at 0.</summary>
    public Linear(long inputs, long outputs, Generator generator, double deviation = 0.02, bool bias = true)
    {
        _bias = bias;
        AddParameter("weight", Tensor.Empty([outputs, inputs]).FillNormal(0, deviation, generator));
        if (bias)
            AddParameter("bias", Tensor.Zeros([outputs]));
    }

    /// <summary>[outputs, inputs]</summary>
    public Tensor Weight => Parameter(0);

    /// <summary>[outputs]; null without one.</summary>
    public Tensor? Bias => _bias ? Parameter(1) : null;

    /// <summary>[N, inputs] → [N, outputs]</summary>
    public Tensor Forward(Tensor x)
    {
        using var transposed = Weight.Transpose(0, 1);
        return _bias ? Tensor.AddMatMul(Parameter(1), x, transposed) : x.MatMul(transposed);
    }
}
