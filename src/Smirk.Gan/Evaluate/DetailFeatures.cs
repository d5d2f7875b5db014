using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>The random features of pictures at their own size: lines, edges and texture, which features that look at 64 pixels can't see.
/// For pictures larger than that.</summary>
/// <param name="channels">Channels of the pictures.</param>
public sealed class DetailFeatures(int channels) : RandomFeatures(channels)
{
    /// <inheritdoc/>
    public override string Name => "detail";

    /// <summary>One space for pictures larger than what other features look at; none for smaller ones.</summary>
    /// <param name="channels">Channels of the pictures.</param>
    /// <param name="size">Their edge in pixels.</param>
    public static IEnumerable<DetailFeatures> For(int channels, int size) => size > UsualEdge ? [new DetailFeatures(channels)] : [];

    /// <inheritdoc/>
    protected override Tensor Prepare(Tensor pictures) => pictures;
}
