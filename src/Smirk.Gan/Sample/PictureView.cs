using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;

namespace Smirk.Gan.Sample;

/// <summary>How a generator's squares are shown to a person: enlarged, and stretched to the shape that they were squeezed from; piano rolls
/// as one reads them.</summary>
/// <param name="Aspect">The shape.</param>
/// <param name="Roll">How rolls are ruled; null for other pictures.</param>
public sealed record PictureView(Aspect Aspect, PackRoll? Roll = null)
{
    /// <summary>Width and height in pixels at which a square is shown.</summary>
    /// <param name="size">Its edge.</param>
    public (int Width, int Height) SizeOf(int size) => Roll is null ? Aspect.Shown(size) : RollDrawing.Shown(size);

    /// <summary>The pictures as they are shown.</summary>
    /// <param name="pictures">uint8 [N, C, S, S].</param>
    /// <param name="factor">So many times larger, at least 1.</param>
    /// <returns>uint8 [N, C or 3, H, W]: <see cref="SizeOf"/> times <paramref name="factor"/>.</returns>
    public Tensor Of(Tensor pictures, int factor = 1)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return Roll is null ? Enlargement.Shown(pictures, Aspect, factor) : RollDrawing.Of(pictures, Roll, factor);
    }
}
