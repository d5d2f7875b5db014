using Smirk.Gan.Graphs;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>A residual 3×3 convolution in one of G's levels: ReLU(x + norm(conv(x))).</summary>
/// <remarks>DCGAN's generator has one convolution a level, so what a place shows is decided while it is still one of 4×4 or 8×8 cells that
/// hardly know of each other. A second one where maps are small costs little, and lets neighbours agree: nearly all faces have two eyes
/// alike, instead of fewer than half (docs/recipes.md).</remarks>
public sealed class RefineBlock : Module
{
    private readonly Conv2d _convolution;

    /// <summary>Makes the block with fresh weights from <paramref name="random"/>.</summary>
    /// <param name="channels">Channels of the level.</param>
    /// <param name="deviation">Of the weights at the start; the norm makes up for any.</param>
    /// <param name="random">Where the weights come from.</param>
    public RefineBlock(int channels, double deviation, Generator random)
    {
        _convolution = AddPart("conv", new Conv2d(channels, channels, 3, random, deviation: deviation, bias: false));
        Norm = AddPart("norm", new BatchNorm2d(channels, random));
    }

    /// <summary>The batch norm of what is added.</summary>
    public BatchNorm2d Norm { get; }

    /// <summary>The refined map.</summary>
    /// <param name="x">[N, channels, H, W].</param>
    /// <returns>The shape of <paramref name="x"/>.</returns>
    public Tensor Forward(Tensor x) => (x + Norm.Forward(_convolution.Forward(x))).Relu();

    /// <summary>Says what <see cref="Forward"/> computes.</summary>
    internal GraphValue Describe(GraphBuilder graph, string name, GraphValue x) =>
        graph.Rectified(graph.Add(x, graph.Conv($"{name}.conv", x, _convolution, norm: Norm)), slope: 0);
}
