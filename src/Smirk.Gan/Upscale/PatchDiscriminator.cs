using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>Judges every patch of a picture by itself, beside the plain enlargement that it was made from (Isola et al. 2017): 4×4
/// convolutions with stride 2 and no norm, then a 3×3 to one logit a place.</summary>
public sealed class PatchDiscriminator : Module
{
    private const double Slope = 0.2;

    private readonly List<Conv2d> _layers = [];
    private readonly Conv2d _last;

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>.</summary>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="widths">Channels at half the edge, a quarter, and so on.</param>
    /// <param name="random">Where the weights come from.</param>
    public PatchDiscriminator(int channels, IReadOnlyList<int> widths, Generator random)
    {
        channels *= 2;
        foreach (var width in widths)
        {
            var deviation = Math.Sqrt(2 / ((1 + Slope * Slope) * channels * 16));
            _layers.Add(AddPart($"layer{_layers.Count}", new Conv2d(channels, width, 4, random, stride: 2, deviation: deviation)));
            channels = width;
        }

        _last = AddPart("last", new Conv2d(channels, 1, 3, random, deviation: Math.Sqrt(1.0 / (channels * 9))));
    }

    /// <summary>How real each patch looks, as a logit.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="plain">The plain enlargements of what they were made from, or of the real ones shrunk, [N, C, H, W].</param>
    /// <returns>[N, 1, H / 2^layers, W / 2^layers].</returns>
    public Tensor Forward(Tensor pictures, Tensor plain)
    {
        var x = Tensor.Cat([pictures, plain], 1).Contiguous(MemoryFormat.ChannelsLast);
        foreach (var layer in _layers)
            x = layer.Forward(x, Slope); // [N, w, h/2, h/2]
        return _last.Forward(x);
    }
}
