using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Turns pictures into features in which distances mean something.</summary>
public abstract class FeatureSpace : IDisposable
{
    // Features look at this size, whatever the pictures' own.
    private protected const int UsualEdge = 64;

    /// <summary>"random", "trained" or "inception": the key in results.</summary>
    public abstract string Name { get; }

    /// <summary>Features of <paramref name="pictures"/>, uint8 [N, C, S, S] → float64 [N, F].</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="steps">Told of each batch; null for nobody.</param>
    public Tensor Of(PictureRows pictures, StageSteps? steps = null)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var batches = new List<Tensor>();
        foreach (var (from, count) in pictures.Parts())
        {
            steps?.Next($"looking at them ({Name} features)", from, pictures.Count);
            using var inner = TensorScope.Open();
            var batch = pictures.Take(from, count).To(DType.Float32) / 127.5 - 1;
            batches.Add(inner.Keep(Describe(Prepare(batch)).To(DType.Float64)));
        }

        return scope.Keep(Tensor.Cat([.. batches], 0));
    }

    /// <summary>Features of a few pictures as a function that gradients flow through: float32 [n, C, S, S] in −1…1 → [n, F].</summary>
    internal Tensor WithGradient(Tensor pictures) => Describe(Prepare(pictures));

    /// <summary>Features of a batch that <see cref="Prepare"/> has brought to size: float32 [n, C, h, w] in −1…1 → [n, F].</summary>
    protected abstract Tensor Describe(Tensor pictures);

    /// <summary>Brings a batch to the size that the features want.</summary>
    protected virtual Tensor Prepare(Tensor pictures) => pictures.Shape[2] == UsualEdge ? pictures : Resize(pictures, UsualEdge);

    /// <summary>Shrinks by averaging whole blocks where that fits, otherwise bilinearly.</summary>
    protected static Tensor Resize(Tensor pictures, int edge)
    {
        var size = pictures.Shape[2];
        return size > edge && size % edge == 0 ? pictures.AvgPool2d((int)(size / edge))
            : pictures.Interpolate(edge, edge, Interpolation.Bilinear);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
