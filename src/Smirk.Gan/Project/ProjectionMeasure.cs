using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Explore;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Project;

/// <summary>How far pictures lie apart, four fifths by their pixels and a fifth by the pack's trained features: 0 for the same picture,
/// and 1 for two training pictures on average (root of the mean square).</summary>
/// <remarks>
/// Pixels count at the size that G itself makes, at half of that and so on down to 16 pixels, each size alike: the finest alone pulls
/// towards a blur. A picture becomes a row of numbers whose plain distance is the measure, so that it can be searched and followed downhill
/// alike. Features are a small network's and can be misled: where they counted half, pictures came nearer in them and looked worse.
/// </remarks>
internal sealed class ProjectionMeasure : IDisposable
{
    private const int LeastEdge = 16;

    private const double FeatureShare = 0.2;

    // Enough training pictures to know their variance by.
    private const int Most = 1000;

    private readonly FeatureSpace _space;
    private readonly StandardFeatures _features;
    private readonly int _factor;
    private readonly double _ofPixels;
    private readonly double _ofFeatures;

    /// <param name="pictures">The run's pictures; stay the caller's.</param>
    /// <param name="smallSize">Edge of what G itself makes.</param>
    public ProjectionMeasure(RunPictures pictures, int smallSize)
    {
        _space = pictures.Features;
        _factor = pictures.Pack.Size / smallSize;
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var some = pictures.Training.Sample(Most, seed: 0);
        var small = Small(some.Take(0, some.Count));
        _features = new StandardFeatures(_space.Of(small));
        var floats = ToFloats(small);
        (_ofPixels, _ofFeatures) = (Weight(Pixels(floats), 1 - FeatureShare), Weight(Features(floats), FeatureShare));
    }

    /// <summary>Finished pictures as their rows of numbers, float32 [N, numbers].</summary>
    /// <param name="pictures">uint8 [N, C, S, S] of the run's size.</param>
    public Tensor Of(Tensor pictures)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var rows = new List<Tensor>();
        var small = new PictureRows(Small(pictures));
        foreach (var (from, count) in small.Parts())
        {
            using var inner = TensorScope.Open();
            rows.Add(inner.Keep(OfSmall(ToFloats(small.Take(from, count)))));
        }

        return scope.Keep(Tensor.Cat(rows, 0));
    }

    /// <summary>The same of what G itself makes, with gradients.</summary>
    /// <param name="small">float32 [N, C, s, s] in −1…1, on the CPU.</param>
    public Tensor OfSmall(Tensor small) => Tensor.Cat([Pixels(small) * _ofPixels, Features(small) * _ofFeatures], 1);

    /// <inheritdoc/>
    public void Dispose() => _features.Dispose();

    private Tensor Small(Tensor pictures) => Shrink.Of(pictures, _factor);

    private static Tensor ToFloats(Tensor pictures) => pictures.To(DType.Float32) / 127.5 - 1;

    private Tensor Features(Tensor small) => _features.Of(_space.WithGradient(small));

    // All sizes side by side, each divided by the root of its number of values: the square of a distance is the sum of the mean squares.
    private static Tensor Pixels(Tensor small)
    {
        var sizes = new List<Tensor>();
        for (var at = small; ; at = at.AvgPool2d(2))
        {
            var rows = at.Reshape(at.Shape[0], -1);
            sizes.Add(rows / Math.Sqrt(rows.Shape[1]));
            if (at.Shape[2] / 2 < LeastEdge)
                return Tensor.Cat(sizes, 1);
        }
    }

    // What makes two of the rows lie so far apart, as a mean of squares over all pairs, which is twice the variance.
    private static double Weight(Tensor rows, double share) =>
        Math.Sqrt(share / Math.Max(2 * rows.Variance([0]).Sum().ToDouble(), 1e-12));
}
