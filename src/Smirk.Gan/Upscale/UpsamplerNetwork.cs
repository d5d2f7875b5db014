using Smirk.Gan.Graphs;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>Enlarges pictures by 2, 4 or 8: residual blocks at the small size, pixel shuffles up from it, added to the picture
/// enlarged bilinearly.</summary>
/// <remarks>Convolutions alone, so that it learns from crops and enlarges pictures of any size. Pixel shuffles (Shi et al. 2016):
/// transposed convolutions left a fine grid (docs/recipes.md).</remarks>
public sealed class UpsamplerNetwork : Module
{
    private const double Slope = 0.1;

    // Residual branches are added at half weight, so that a fresh network of many blocks doesn't grow what goes through it.
    private const double Branch = 0.5;

    // Channels at the larger sizes: fewer say too little of a pixel's surroundings.
    private const int LeastWidth = 16;

    private readonly int _factor;
    private readonly Conv2d _head;
    private readonly List<(Conv2d First, Conv2d Second)> _blocks = [];
    private readonly List<(Conv2d Up, Conv2d Mend)> _levels = [];
    private readonly Conv2d _last;

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>; it starts as the bilinear enlargement.</summary>
    /// <param name="channels">Channels of the pictures: 1 or 3.</param>
    /// <param name="plan">Factor, channels and blocks.</param>
    /// <param name="random">Where the weights come from.</param>
    public UpsamplerNetwork(int channels, UpscalePlan plan, Generator random)
    {
        _factor = plan.Factor;
        var width = plan.Width;
        _head = AddPart("head", new Conv2d(channels, width, 3, random, deviation: Deviation(channels * 9)));
        for (var i = 0; i < plan.Blocks; i++)
            _blocks.Add((AddPart($"block{i}.first", Three(width)), AddPart($"block{i}.second", Three(width))));
        for (var i = 1; i < int.Log2(_factor); i++)
        {
            var half = Math.Max(LeastWidth, width / 2);
            var up = AddPart($"level{i}.up", new Conv2d(width, 4 * half, 3, random, deviation: Deviation(width * 9)));
            _levels.Add((up, AddPart($"level{i}.mend", Three(half))));
            width = half;
        }

        _last = AddPart("last", new Conv2d(width, 4 * channels, 3, random, deviation: 0));

        Conv2d Three(int w) => new(w, w, 3, random, deviation: Deviation(w * 9));
    }

    /// <summary>The enlarged pictures.</summary>
    /// <param name="pictures">[N, C, H, W] in −1…1.</param>
    /// <returns>[N, C, H · factor, W · factor], about −1…1.</returns>
    public Tensor Forward(Tensor pictures)
    {
        if (IsFresh())
            return Enlarge(pictures, _factor);
        var x = _head.Forward(pictures.Contiguous(MemoryFormat.ChannelsLast), Slope); // [N, width, H, W]
        foreach (var (first, second) in _blocks)
            x += second.Forward(first.Forward(x, Slope)) * Branch;
        foreach (var (up, mend) in _levels)
        {
            x = up.Forward(x, Slope).PixelShuffle(2); // [N, width/2, 2H, 2W]
            x += mend.Forward(x, Slope);
        }

        return _last.Forward(x).PixelShuffle(2) + Enlarge(pictures, _factor); // [N, C, fH, fW]
    }

    /// <summary>Says what <see cref="Forward"/> computes.</summary>
    internal GraphValue Describe(GraphBuilder graph, string name, GraphValue pictures)
    {
        if (IsFresh())
            return graph.Enlarge(pictures, _factor);
        var x = graph.Conv($"{name}.head", pictures, _head, Slope);
        foreach (var (i, (first, second)) in _blocks.Index())
        {
            var inner = graph.Conv($"{name}.block{i}.first", x, first, Slope);
            x = graph.Add(x, graph.Conv($"{name}.block{i}.second", inner, second, gain: Branch));
        }

        foreach (var (i, (up, mend)) in _levels.Index())
        {
            x = graph.PixelShuffle(graph.Conv($"{name}.level{i + 1}.up", x, up, Slope), 2);
            x = graph.Add(x, graph.Conv($"{name}.level{i + 1}.mend", x, mend, Slope));
        }

        return graph.Add(graph.PixelShuffle(graph.Conv($"{name}.last", x, _last), 2), graph.Enlarge(pictures, _factor));
    }

    /// <summary>The plain enlargement that the network adds to.</summary>
    internal static Tensor Enlarge(Tensor pictures, int factor) =>
        pictures.Interpolate(pictures.Shape[2] * factor, pictures.Shape[3] * factor, Interpolation.Bilinear);

    // Before its stage it adds nothing, and needn't be asked: the first stage's samples are measured and shown every few minutes.
    private bool IsFresh() => !_last.Weight.RequiresGradient && _last.Weight.Abs().Max().ToDouble() == 0;

    private static double Deviation(int taps) => Math.Sqrt(2 / ((1 + Slope * Slope) * taps));
}
