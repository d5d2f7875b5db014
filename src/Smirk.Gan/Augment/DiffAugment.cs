using Smirk.Torch;

namespace Smirk.Gan.Augment;

/// <summary>Differentiable augmentation (Zhao et al. 2020): colour, translation and cutout, drawn anew for every picture, applied to real and generated ones alike before D sees them.</summary>
public static class DiffAugment
{
    // The shares of the original: shift by up to an eighth of the edge, cut a square of half the edge.
    private const double Shift = 0.125;
    private const double Cut = 0.5;

    /// <summary>Augments each picture on its own.</summary>
    /// <param name="pictures">[N, C, S, S] in −1…1.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <returns>The same shape; differentiable by <paramref name="pictures"/>.</returns>
    public static Tensor Apply(Tensor pictures, Generator random) => CutOut(Translate(Colour(pictures, random), random), random);

    /// <summary>Brightness ±0.5, saturation ×0…2, contrast ×0.5…1.5.</summary>
    public static Tensor Colour(Tensor pictures, Generator random)
    {
        var shape = new[] { pictures.Shape[0], 1, 1, 1 };
        var device = pictures.Device;
        var (brightness, saturation, contrast) = (Draw(-0.5, 0.5), Draw(0, 2), Draw(0.5, 1.5));
        if (pictures.Shape[1] > 1)
        {
            var grey = pictures.Mean([1], keep: true);
            pictures = grey + (pictures - grey) * saturation;
        }

        // Brightness moves the mean with it, so it can be added last: ((x + b) − mean(x + b)) · c + mean(x + b) = (x − mean) · c + mean + b.
        var mean = pictures.Mean([1, 2, 3], keep: true);
        return (pictures - mean) * contrast + (mean + brightness);

        Tensor Draw(double low, double high) => Tensor.RandomUniform(shape, low, high, random).To(device);
    }

    /// <summary>Moves each picture by whole pixels; what comes in from outside is 0 (mid grey).</summary>
    public static Tensor Translate(Tensor pictures, Generator random)
    {
        var (count, size) = (pictures.Shape[0], pictures.Shape[2]);
        var reach = (int)(size * Shift + 0.5);
        var padded = pictures.Pad(reach, reach, reach, reach); // [N, C, S+2r, S+2r]
        var (rows, columns) = (Offsets(count, reach, random), Offsets(count, reach, random));

        // Which pixel of the padded plane each pixel comes from: the same for every channel.
        var stride = size + 2 * reach;
        var top = rows * Tensor.Full([1], stride, DType.Int64) + columns; // [N]
        var inside = Tensor.Arange(0, size * stride, stride, DType.Int64).Reshape(size, 1) + Tensor.Arange(0, size, type: DType.Int64); // [S, S]
        var source = top.Reshape(count, 1, 1) + inside; // [N, S, S]
        var index = source.To(pictures.Device).Reshape(count, 1, size * size).Expand(count, pictures.Shape[1], size * size);
        return padded.Reshape(count, pictures.Shape[1], stride * stride).Gather(2, index).Reshape(pictures.Shape);
    }

    /// <summary>Sets a square of half the edge to 0 (mid grey), its middle anywhere.</summary>
    public static Tensor CutOut(Tensor pictures, Generator random)
    {
        var (count, size) = (pictures.Shape[0], pictures.Shape[2]);
        var half = (int)(size * Cut / 2);
        var mask = Inside(count, size, half, random).Reshape(count, 1, size, 1) * Inside(count, size, half, random).Reshape(count, 1, 1, size);
        return pictures * (1 - mask.To(pictures.Device));
    }

    private static Tensor Offsets(long count, int reach, Generator random) => Tensor.RandomIntegers([count], 0, 2 * reach + 1, random);

    // 1 where a position along one axis is inside the cut, [N, S].
    private static Tensor Inside(long count, long size, int half, Generator random)
    {
        var centres = Tensor.RandomIntegers([count], 0, size, random).ToArray<long>();
        var inside = new float[count * size];
        for (var i = 0; i < count; i++)
        {
            var centre = (int)centres[i];
            var (from, to) = (Math.Max(0, centre - half), Math.Min((int)size, centre + half));
            inside.AsSpan((int)(i * size) + from, to - from).Fill(1);
        }

        return Tensor.FromArray(inside, count, size);
    }
}
