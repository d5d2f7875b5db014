using Smirk.Gan.Graphs;
using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Networks;

/// <summary>A small network through which a latent weighs the channels of one of G's levels, each by a number from 0 to 2 that is the same
/// all over the picture.</summary>
/// <remarks>
/// The gains of self-modulation (Chen et al. 2019, "On Self-Modulation for Generative Adversarial Networks"), kept positive so that they
/// can follow the ReLU.
/// Without them the latent enters at 4×4 only, and what belongs together, such as the colours of both eyes, has to be agreed upon there by
/// places that share no weights;
/// a weight of a channel reaches all places at once (docs/recipes.md).
/// </remarks>
public sealed class ChannelGates : Module
{
    private readonly Linear _hidden;
    private readonly Linear _gains;

    /// <summary>Makes the network with fresh weights from <paramref name="random"/>; it starts by leaving the channels nearly as they
    /// are.</summary>
    /// <param name="latentSize">Numbers in a latent.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="channels">Channels of the level.</param>
    /// <param name="random">Where the weights come from.</param>
    public ChannelGates(int latentSize, int hidden, int channels, Generator random)
    {
        _hidden = AddPart("hidden", new Linear(latentSize, hidden, random, Math.Sqrt(2.0 / latentSize)));
        _gains = AddPart("gains", new Linear(hidden, channels, random));
    }

    /// <summary>The level's channels, weighed.</summary>
    /// <param name="x">[N, channels, H, W].</param>
    /// <param name="latents">[N, latentSize].</param>
    /// <returns>The shape of <paramref name="x"/>.</returns>
    public Tensor Forward(Tensor x, Tensor latents)
    {
        var gains = Gains(latents); // [N, channels]
        return x * gains.Reshape(x.Shape[0], x.Shape[1], 1, 1);
    }

    /// <summary>What each latent weighs the channels by, [N, channels], 0 to 2.</summary>
    /// <param name="latents">[N, latentSize].</param>
    public Tensor Gains(Tensor latents) => _gains.Forward(_hidden.Forward(latents).Relu()).Sigmoid() * 2;

    /// <summary>Says what <see cref="Forward"/> computes.</summary>
    internal GraphValue Describe(GraphBuilder graph, string name, GraphValue x, GraphValue latents)
    {
        var hidden = graph.Rectified(graph.Linear($"{name}.hidden", latents, _hidden), slope: 0);
        return graph.Weigh(x, graph.Times(graph.Sigmoid(graph.Linear($"{name}.gains", hidden, _gains)), 2));
    }
}
