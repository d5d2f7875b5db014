using Smirk.Torch;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Evaluate;

/// <summary>Features of a TorchScript network from a file, as FID and KID in the literature are taken on: float32 [n, 3, 299, 299], 0…255,
/// in; [n, F] out.</summary>
public sealed class InceptionFeatures : FeatureSpace
{
    private const int Edge = 299;

    private readonly string _path;
    private readonly ScriptModule _network;

    /// <summary>Loads <paramref name="path"/>.</summary>
    /// <exception cref="UnusableInputException">There is no TorchScript network in it.</exception>
    public InceptionFeatures(string path) => (_path, _network) = (path, Asked(path, () => ScriptModule.Load(path)));

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
    protected override Tensor Describe(Tensor pictures) => Asked(_path, () => _network.Forward(pictures).Reshape(pictures.Shape[0], -1));

    // Whatever a file that isn't ours can't do is told of by its name.
    private static T Asked<T>(string path, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception error)
            when (error is TorchArgumentException or TorchIndexException or TorchFailureException or TorchUnknownException)
        {
            throw new UnusableInputException(
                $"{path} isn't a TorchScript network that takes [n, 3, {Edge}, {Edge}] and gives [n, features] "
                    + $"({error.Message.TrimEnd('.')}). Save one with torch.jit.trace(network, example).save(file).", error);
        }
    }
}
