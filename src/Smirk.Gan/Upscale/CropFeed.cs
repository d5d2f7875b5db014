using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Upscale;

/// <summary>Real pictures for the upsampler: crops, and what the generator would have made of them, a shrunk and slightly spoilt
/// copy.</summary>
/// <param name="pictures">uint8 [N, C, S, S], on the device; stays the caller's.</param>
/// <param name="order">Which rows follow each other.</param>
/// <param name="plan">Sizes of crops, and how the copies are spoilt.</param>
/// <param name="mirror">Whether crops are mirrored half of the time.</param>
/// <param name="rank">Number of this process among those that each take a part of every batch.</param>
/// <param name="processes">How many there are; the plan's batch is a multiple of that.</param>
public sealed class CropFeed(Tensor pictures, DataOrder order, UpscalePlan plan, bool mirror, int rank = 0, int processes = 1)
{
    /// <summary>This process's part of the batch that follows after <paramref name="seen"/> crops of all.</summary>
    /// <param name="seen">Crops handed out before.</param>
    /// <param name="random">Decides places, mirroring and noise.</param>
    /// <returns>Crops float32 [N, C, crop · factor, crop · factor] and their small copies [N, C, crop, crop], in −1…1.</returns>
    public (Tensor Crops, Tensor Small) Batch(long seen, Generator random)
    {
        var edge = plan.Crop * plan.Factor;
        var places = pictures.Shape[2] / plan.Factor - plan.Crop + 1;
        var own = plan.Batch / processes;
        var starts = Tensor.RandomIntegers([own, 2], 0, places, random.OnCpu).ToArray<long>();
        var rows = order.Take(seen + rank * own, own);
        var crops = Tensor.Cat([.. rows.Select(Crop)], 0).To(DType.Float32) / 127.5 - 1; // [N, C, edge, edge]
        if (mirror && Toss(1, random.Common)[0])
            crops = crops.Flip(3);
        return (crops, Spoil(crops.AvgPool2d(plan.Factor), random));

        Tensor Crop(long row, int i) =>
            pictures.Narrow(0, row, 1).Narrow(2, starts[2 * i] * plan.Factor, edge).Narrow(3, starts[2 * i + 1] * plan.Factor, edge);
    }

    // Generated pictures are blurred here and grainy there: half of the copies are blurred a little, and each gets noise of its own
    // strength.
    private Tensor Spoil(Tensor small, Generator random)
    {
        var (count, channels, device) = (small.Shape[0], small.Shape[1], small.Device);
        var blurred = small.Pad(1, 1, 1, 1, PadMode.Replicate).AvgPool2d(3, stride: 1);
        var share = Tensor.FromArray(Array.ConvertAll(Toss((int)count, random), blur => blur ? 0.5f : 0), count, 1, 1, 1).To(device);
        var strength = Tensor.RandomUniform([count, 1, 1, 1], 0, plan.Noise, random).To(device);
        var noise = Tensor.RandomNormal([count, channels, small.Shape[2], small.Shape[3]], random).To(device);
        return small + (blurred - small) * share + noise * strength;
    }

    private static bool[] Toss(int count, Generator random) =>
        Array.ConvertAll(Tensor.RandomIntegers([count], 0, 2, random.OnCpu).ToArray<long>(), side => side == 1);
}
