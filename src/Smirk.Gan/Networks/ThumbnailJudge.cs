using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>A small network that judges a picture by its thumbnail: whether its parts' brightness and colours go together, such as the
/// background left and right of a head.</summary>
/// <remarks>
/// Convolutions down to 4×4 judge what is near to each other; before anything lets them compare the far sides of a picture, G has long
/// learnt to paint each as if it were alone
/// (docs/recipes.md). Three linear layers over 8×8 means see all of it from the first step on, for a five-hundredth of the multiplications.
/// </remarks>
public sealed class ThumbnailJudge : Module
{
    private const double Slope = 0.2;
    private const int Width = 256;

    private readonly int _edge;
    private readonly Linear[] _layers;

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>.</summary>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="edge">Edge of the thumbnail; divides the pictures'.</param>
    /// <param name="random">Where the weights come from.</param>
    public ThumbnailJudge(int channels, int edge, Generator random)
    {
        _edge = edge;
        long[] sizes = [channels * edge * edge, Width, Width, 1];
        _layers = new Linear[sizes.Length - 1];
        for (var i = 0; i < _layers.Length; i++)
        {
            // He et al. 2015 where a leaky ReLU follows, half of that at the end.
            var deviation = Math.Sqrt((i == _layers.Length - 1 ? 1.0 : 2.0) / sizes[i]);
            _layers[i] = AddPart($"layer{i}", new Linear(sizes[i], sizes[i + 1], random, deviation));
        }
    }

    /// <summary>How real each picture looks, as a logit.</summary>
    /// <param name="pictures">[N, C, S, S].</param>
    /// <returns>[N].</returns>
    public Tensor Forward(Tensor pictures)
    {
        var x = pictures.AvgPool2d(pictures.Shape[2] / _edge).Reshape(pictures.Shape[0], -1); // [N, C·edge·edge]
        foreach (var layer in _layers[..^1])
            x = layer.Forward(x).LeakyRelu(Slope); // [N, 256]
        return _layers[^1].Forward(x).Reshape(-1);
    }
}
