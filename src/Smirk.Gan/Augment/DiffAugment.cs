using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Augment;

/// <summary>Differentiable augmentation (Zhao et al. 2020): colour, translation, cutout, noise and, for piano rolls, transposition, drawn
/// anew for every picture, applied to real and generated ones alike before D sees them.</summary>
public static class DiffAugment
{
    /// <summary>Augments each picture on its own.</summary>
    /// <param name="pictures">[N, C, S, S] in −1…1.</param>
    /// <param name="policy">What is done.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <returns>The same shape; differentiable by <paramref name="pictures"/>. The pictures themselves when the policy is to do
    /// nothing.</returns>
    public static Tensor Apply(Tensor pictures, AugmentPolicy policy, Generator random)
    {
        if (policy.Share <= 0)
            return pictures;
        var plain = pictures;
        if (policy.Colour > 0)
            pictures = Colour(pictures, policy.Colour, random);
        if (policy.Light > 0)
            pictures = Light(pictures, policy.Light, random);
        if (policy.Translation > 0)
            pictures = Translate(pictures, policy.Translation, random);
        if (policy.Cutout > 0)
            pictures = CutOut(pictures, policy.Cutout, random);
        if (policy.Pitch > 0)
            pictures = PitchShift.Apply(pictures, policy.Pitch, random);
        if (policy.Share < 1 && !ReferenceEquals(pictures, plain))
        {
            var chosen = Tensor.RandomUniform([plain.Shape[0], 1, 1, 1], 0, 1, random).To(plain.Device).Less(policy.Share);
            pictures = Tensor.Where(chosen, pictures, plain);
        }

        return policy.Noise > 0 ? AddNoise(pictures, policy.Noise * policy.Share, random) : pictures;
    }

    /// <summary>At a strength of 1: brightness ±0.5, saturation ×0…2, contrast ×0.5…1.5.</summary>
    public static Tensor Colour(Tensor pictures, double strength, Generator random)
    {
        var (brightness, saturation, contrast) = (Draw(0, 0.5), Draw(1, 1), Draw(1, 0.5));
        if (pictures.Shape[1] > 1)
        {
            var grey = pictures.Mean([1], keep: true);
            pictures = grey + (pictures - grey) * saturation;
        }

        return Lit(pictures, brightness, contrast);

        Tensor Draw(double middle, double reach) => DrawEach(pictures, middle, reach * strength, random);
    }

    /// <summary>At a strength of 1: brightness ±0.5, contrast ×0.5…1.5; channels stay what they are to each other.</summary>
    public static Tensor Light(Tensor pictures, double strength, Generator random) =>
        Lit(pictures, DrawEach(pictures, 0, 0.5 * strength, random), DrawEach(pictures, 1, 0.5 * strength, random));

    private static Tensor Lit(Tensor pictures, Tensor brightness, Tensor contrast)
    {
        // Brightness moves the mean with it, so it can be added last: ((x + b) − mean(x + b)) · c + mean(x + b) = (x − mean) · c + mean +
        // b.
        var mean = pictures.Mean([1, 2, 3], keep: true);
        return (pictures - mean) * contrast + (mean + brightness);
    }

    // A number for each picture, [N, 1, 1, 1].
    private static Tensor DrawEach(Tensor pictures, double middle, double reach, Generator random) =>
        Tensor.RandomUniform([pictures.Shape[0], 1, 1, 1], middle - reach, middle + reach, random).To(pictures.Device);

    /// <summary>Moves each picture by whole pixels, up to <paramref name="share"/> of the edge each way; what comes in from outside is 0
    /// (mid grey).</summary>
    public static Tensor Translate(Tensor pictures, double share, Generator random)
    {
        var (count, size, device) = (pictures.Shape[0], pictures.Shape[2], pictures.Device);
        var reach = (int)(size * share + 0.5);
        var padded = pictures.Pad(reach, reach, reach, reach); // [N, C, S+2r, S+2r]
        var (rows, columns) = (Offsets(), Offsets());

        // Which pixel of the padded plane each pixel comes from: the same for every channel. Only the offsets are drawn on the CPU.
        var stride = size + 2 * reach;
        var top = rows * Tensor.Full([1], stride, DType.Int64).To(device) + columns; // [N]
        var starts = Tensor.Arange(0, size * stride, stride, DType.Int64).To(device).Reshape(size, 1);
        var inside = starts + Tensor.Arange(0, size, type: DType.Int64).To(device); // [S, S]
        var index = (top.Reshape(count, 1, 1) + inside).Reshape(count, 1, size * size).Expand(count, pictures.Shape[1], size * size);
        return padded.Reshape(count, pictures.Shape[1], stride * stride).Gather(2, index).Reshape(pictures.Shape);

        Tensor Offsets() => Tensor.RandomIntegers([count], 0, 2 * reach + 1, random).To(device); // [N]
    }

    /// <summary>Sets a square of <paramref name="share"/> of the edge to 0 (mid grey), its middle anywhere.</summary>
    public static Tensor CutOut(Tensor pictures, double share, Generator random)
    {
        var (count, size) = (pictures.Shape[0], pictures.Shape[2]);
        var half = (int)(size * share / 2);
        var (rows, columns) = (Inside(count, size, half, random, pictures.Device), Inside(count, size, half, random, pictures.Device));
        return pictures * (1 - rows.Reshape(count, 1, size, 1) * columns.Reshape(count, 1, 1, size));
    }

    /// <summary>Adds noise of a standard deviation of <paramref name="deviation"/> to every value: D can't tell any more whether a flat
    /// area is quite flat, and white quite white, which G makes last.</summary>
    /// <remarks>Sønderby et al. 2017 and Arjovsky and Bottou 2017 ("instance noise"): the distributions of real and generated pictures
    /// overlap, however few values real pixels take.</remarks>
    public static Tensor AddNoise(Tensor pictures, double deviation, Generator random) =>
        pictures + Tensor.RandomNormal(pictures.Shape, random).MulInPlace(deviation).To(pictures.Device);

    // 1 where a position along one axis is inside the cut, which ends where the picture does; [N, S].
    private static Tensor Inside(long count, long size, int half, Generator random, Device device)
    {
        var centres = Tensor.RandomIntegers([count], 0, size, random).To(device).To(DType.Float32).Reshape(count, 1);
        var places = Tensor.Arange(0, size, type: DType.Float32).To(device).Reshape(1, size);
        return (places - centres + 0.5).Abs().Less(half).To(DType.Float32);
    }
}
