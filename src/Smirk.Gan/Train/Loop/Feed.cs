using Smirk.Gan.Data;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Train.Loop;

/// <summary>Real pictures for training: on the device as bytes, handed out in batches as −1…1; in crops for the second stage.</summary>
internal sealed class Feed : IDisposable
{
    private readonly Tensor _large;
    private readonly Tensor _pictures;
    private readonly CropFeed? _crops;
    private readonly long[]? _classes;
    private readonly DataOrder _order;
    private readonly RecipePlan _plan;
    private readonly int _rank;
    private readonly int _own;

    /// <summary>Puts the training rows of <paramref name="pack"/> on the plan's device.</summary>
    /// <param name="pack">All pictures.</param>
    /// <param name="split">Which are learnt from.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="rank">Number of this process among those that each take a part of every batch.</param>
    /// <param name="processes">How many there are; the plan's batches are multiples of that.</param>
    public Feed(TrainingPack pack, HeldOutSplit split, RecipePlan plan, int rank = 0, int processes = 1)
    {
        (_plan, _rank, _own) = (plan, rank, plan.Batch / processes);
        _large = pack.Pictures.To(Device.Parse(plan.Device));
        _pictures = plan.SmallSize == plan.Size ? _large : Shrink.Of(_large, plan.Upscale!.Factor);
        if (plan.Classes.Count > 0)
            _classes = plan.ClassesOf(pack, Enumerable.Range(0, pack.Count));
        _order = new DataOrder(ClassBalance.Rows(split.Training, _classes, plan.ClassCounts), plan.Seed);
        if (plan.Upscale is not null)
        {
            var order = new DataOrder(split.Training, Seed.Derive(plan.Seed, "crops"));
            _crops = new CropFeed(_large, order, plan.Upscale, plan.Mirror, rank, processes);
        }
    }

    /// <summary>This process's part of the batch that follows after <paramref name="seen"/> pictures of all.</summary>
    /// <param name="seen">Pictures handed out before.</param>
    /// <param name="random">Decides which are mirrored.</param>
    /// <returns>float32 [N, C, S, S], and a class a picture.</returns>
    public (Tensor Pictures, long[]? Classes) Batch(long seen, Generator random)
    {
        var rows = _order.Take(seen + _rank * _own, _own);
        var index = Tensor.FromArray(rows).To(_pictures.Device);
        var pictures = _pictures.IndexSelect(0, index).To(DType.Float32) / 127.5 - 1; // [N, C, S, S]
        if (_plan.Mirror)
        {
            var mirrored = Tensor.RandomUniform([_own, 1, 1, 1], 0, 1, random).To(pictures.Device).Less(0.5);
            pictures = Tensor.Where(mirrored, pictures.Flip(3), pictures);
        }

        return (pictures, _classes is null ? null : [.. rows.Select(row => _classes[row])]);
    }

    /// <summary>The second stage's batch that follows after <paramref name="seen"/> crops.</summary>
    /// <param name="seen">Crops handed out before.</param>
    /// <param name="random">Decides places, mirroring and noise.</param>
    /// <returns>Crops and their small copies, see <see cref="CropFeed.Batch"/>.</returns>
    public (Tensor Crops, Tensor Small) Crops(long seen, Generator random) => _crops!.Batch(seen, random);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pictures.Dispose();
        _large.Dispose();
    }
}
