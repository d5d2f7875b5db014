using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>A small convolutional classifier: three 4×4 convolutions with stride 2 and batch norm down to 4×4, then one linear layer to a
/// logit a class.</summary>
internal sealed class LabelNetwork : Module
{
    /// <summary>Edge of the pictures that it takes.</summary>
    public const int Edge = 32;

    private const double Slope = 0.2;

    private static readonly int[] Widths = [32, 64, 128];

    private readonly List<Conv2d> _layers = [];
    private readonly List<BatchNorm2d> _norms = [];
    private readonly Linear _logits;

    public LabelNetwork(int channels, int classes, Generator random)
    {
        foreach (var width in Widths)
        {
            _layers.Add(AddPart($"layer{_layers.Count}", new Conv2d(
                channels, width, 4, random, stride: 2, deviation: Math.Sqrt(2.0 / (channels * 16)))));
            _norms.Add(AddPart($"norm{_norms.Count}", new BatchNorm2d(width, random)));
            channels = width;
        }

        var features = channels * (Edge >> Widths.Length) * (Edge >> Widths.Length);
        _logits = AddPart("logits", new Linear(features, classes, random, 1 / Math.Sqrt(features)));
    }

    /// <summary>float32 [n, C, 32, 32] in −1…1 → logits [n, classes].</summary>
    public Tensor Forward(Tensor x)
    {
        for (var i = 0; i < _layers.Count; i++)
            x = _norms[i].Forward(_layers[i].Forward(x), Slope); // [n, width, h/2, h/2]
        return _logits.Forward(x.Reshape(x.Shape[0], -1)); // [n, classes]
    }
}
