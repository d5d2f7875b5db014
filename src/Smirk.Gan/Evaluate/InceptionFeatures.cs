using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>Features of a TorchScript network from a file, as FID and KID in the literature are taken on: float32 [n, 3, 299, 299], 0…255, in; [n, F] out.</summary>
public sealed class InceptionFeatures : FeatureSpace
{
    private const int Edge = 299;

    private readonly ScriptModule _network;

    /// <summary>Loads <paramref name="path"/>.</summary>
    /// <exception cref="TorchException">It is no TorchScript file.</exception>
    public InceptionFeatures(string path) => _network = ScriptModule.Load(path);

    /// <inheritdoc/>
    public override string Name => "inception";

    /// <inheritdoc/>
    public override void Dispose() => _network.Dispose();

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor pictures)
    {
        var colour = pictures.Shape[1] == 3 ? pictures : pictures.Expand(pictures.Shape[0], 3, pictures.Shape[2], pictures.Shape[3]);
        return (colour.Interpolate(Edge, Edge, Interpolation.Bilinear) + 1) * 127.5; // [n, 3, 299, 299]
    }

    /// <inheritdoc/>
    protected override Tensor Describe(Tensor pictures) => _network.Forward(pictures).Reshape(pictures.Shape[0], -1);
}
