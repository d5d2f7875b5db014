using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Evaluate;

/// <summary>How far pictures lie apart: the pooled variance within classes, which a generator that makes one picture a class hasn't got,
/// however many classes there are.</summary>
public static class Diversity
{
    /// <summary>Variance within classes, summed over all values of a picture: Σ|x − mean of its class|² ⁄ (N − number of
    /// classes).</summary>
    /// <param name="pictures">float32 [N, C, S, S], N at least 2.</param>
    /// <param name="classes">One class number from 0 a picture; null for one class of all.</param>
    /// <returns>A number on the pictures' device; 0 where no two pictures share a class.</returns>
    public static Tensor Within(Tensor pictures, long[]? classes = null)
    {
        var rows = pictures.Reshape(pictures.Shape[0], -1); // [N, P]
        classes ??= new long[pictures.Shape[0]];
        long[] used = [.. classes.Distinct().Order()];
        var member = new float[used.Length * classes.Length];
        for (var i = 0; i < classes.Length; i++)
            member[Array.BinarySearch(used, classes[i]) * classes.Length + i] = 1;

        // Σ|x|² of each class minus n · |mean|²; distances from the mean of all first, so that little is lost to rounding.
        var centred = rows - rows.Mean([0], keep: true);
        var belongs = Tensor.FromArray(member, used.Length, classes.Length).To(pictures.Device); // [K, N]
        var counts = belongs.Sum([1], keep: true); // [K, 1]
        var means = belongs.MatMul(centred) / counts; // [K, P]
        var between = (means.Square() * counts).Sum();
        return (centred.Square().Sum() - between).Clamp(0) / Math.Max(1, classes.Length - used.Length);
    }

    /// <summary>Spread of samples by that of real pictures: about 1 where they are as varied.</summary>
    /// <param name="real">Unseen real pictures.</param>
    /// <param name="fake">Samples.</param>
    public static double Of(PictureRows real, PictureRows fake) => Ratio(real, null, fake, null);

    /// <summary>The same within classes.</summary>
    /// <param name="real">Unseen real pictures.</param>
    /// <param name="fake">Samples, with the classes that were asked for.</param>
    public static double OfClasses(Labelled real, Labelled fake) =>
        Ratio(real.Pictures, [.. real.Classes], fake.Pictures, [.. fake.Classes]);

    private static double Ratio(PictureRows real, long[]? realClasses, PictureRows fake, long[]? fakeClasses)
    {
        using var scope = TensorScope.Open();
        var least = 1e-3 * real.Channels; // of pictures that are all the same
        return Within(Small(fake), fakeClasses).ToDouble() / Math.Max(least, Within(Small(real), realClasses).ToDouble());
    }

    // 16×16 means: what counts is what pictures show, not their noise.
    private static Tensor Small(PictureRows pictures)
    {
        const int edge = 16;
        var parts = new List<Tensor>();
        foreach (var (from, count) in pictures.Parts())
        {
            using var scope = TensorScope.Open();
            parts.Add(scope.Keep(pictures.Take(from, count).To(DType.Float32).AvgPool2d(pictures.Size / edge) / 255));
        }

        return Tensor.Cat(parts, 0);
    }
}
