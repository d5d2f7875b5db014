using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>DCGAN's discriminator (Radford et al. 2015): convolutions with stride 2 and leaky ReLU down to 4×4, then one linear layer to a
/// logit; with batch norm or without. Where its shape says so, a thumbnail is judged beside that.</summary>
/// <remarks>
/// With classes each convolution gets a bias a class, so that every layer looks for what that class needs; with batch norm, as
/// carpedm20/DCGAN-tensorflow has it, the logit, too (there they are maps of 0 and 1 beside each layer's input: the same but at the
/// borders). A projection (Miyato and Koyama 2018) of the last layer is
/// one fixed template a class, and G gives it one fixed picture (docs/recipes.md).
/// </remarks>
public sealed class DiscriminatorNetwork : Module
{
    private const double Slope = 0.2;

    private readonly List<Conv2d> _layers = [];
    private readonly List<BatchNorm2d> _norms = [];
    private readonly Linear _linear;
    private readonly ThumbnailJudge? _thumbnail;
    private readonly ClassTable[] _classes = [];
    private readonly ClassTable? _classLogits;

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>.</summary>
    public DiscriminatorNetwork(DiscriminatorShape shape, Generator random)
    {
        var inputs = shape.Channels;
        foreach (var width in shape.Widths)
        {
            var index = _layers.Count;
            var deviation = shape.BatchNorm ? 0.02 : Math.Sqrt(2 / ((1 + Slope * Slope) * inputs * shape.Kernel * shape.Kernel));
            _layers.Add(AddPart($"layer{index}", new Conv2d(inputs, width, shape.Kernel, random, stride: 2, deviation: deviation)));
            if (shape.BatchNorm && index > 0)
                _norms.Add(AddPart($"norm{index}", new BatchNorm2d(width, random)));
            inputs = width;
        }

        var features = inputs * 16;
        _linear = AddPart("linear", new Linear(features, 1, random, shape.BatchNorm ? 0.02 : 1 / Math.Sqrt(features)));
        if (shape.Thumbnail > 0)
            _thumbnail = AddPart("thumbnail", new ThumbnailJudge(shape.Channels, shape.Thumbnail, random));
        if (shape.Classes > 0)
        {
            // A sum over a window of N(0, 0.02) in DCGAN; the others start as large as what they are added to.
            var spread = shape.BatchNorm ? 0.02 * shape.Kernel : 1;
            _classes = [.. shape.Widths.Select((width, i) => AddPart($"classes{i}", new ClassTable(shape.Classes, width, random, spread)))];
            if (shape.BatchNorm)
                _classLogits = AddPart("classes", new ClassTable(shape.Classes, 1, random, 0.02));
        }
    }

    /// <summary>How real each picture looks, as a logit.</summary>
    /// <param name="pictures">[N, C, S, S].</param>
    /// <param name="classes">One class number a picture, for a discriminator with classes; null for one without.</param>
    /// <returns>[N].</returns>
    public Tensor Forward(Tensor pictures, long[]? classes = null)
    {
        var x = pictures;
        var numbers = _classes.Length == 0 ? null : Tensor.FromArray(classes!).To(pictures.Device); // [N]
        for (var i = 0; i < _layers.Count; i++)
        {
            var normed = _norms.Count > 0 && i > 0;
            x = _layers[i].Forward(x, slope: normed || numbers is not null ? 1 : Slope); // [N, w, h/2, h/2]
            if (numbers is not null)
                x += _classes[i].Forward(numbers).Reshape(x.Shape[0], -1, 1, 1);
            if (normed)
                x = _norms[i - 1].Forward(x, Slope);
            else if (numbers is not null)
                x = x.LeakyRelu(Slope);
        }

        var flat = x.Reshape(x.Shape[0], -1); // [N, w·16]
        var logits = _linear.Forward(flat).Reshape(-1); // [N]
        if (_classLogits is not null)
            logits += _classLogits.Forward(numbers!).Reshape(-1);
        if (_thumbnail is not null)
            logits += _thumbnail.Forward(pictures);
        return logits;
    }
}
