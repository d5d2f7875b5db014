using Smirk.Gan.Train.Loop;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Ranks;

/// <summary>A command of rank 0's and where the run stands, as numbers that every process reads alike.</summary>
internal static class Order
{
    /// <summary>As float64 [14]: whole numbers up to 2^53 stay what they are.</summary>
    public static Tensor Write(Command command, TrainCounters now) => Tensor.FromArray(
        new double[]
        {
            (int)command, now.Step, now.GeneratorSteps, now.Seen, now.Seconds, now.UpscaleSteps, now.PatchSteps, now.UpscaleSeen,
            now.UpscaleSeconds, now.RateFactor, now.Setbacks, now.Firmness,
            now.AugmentShare, now.SmoothLoss ?? double.NaN,
        });

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static (Command Command, TrainCounters Counters) Read(Tensor order)
    {
        var numbers = order.ToArray<double>();
        return ((Command)(int)numbers[0], new TrainCounters
        {
            Step = (long)numbers[1],
            GeneratorSteps = (long)numbers[2],
            Seen = (long)numbers[3],
            Seconds = numbers[4],
            UpscaleSteps = (long)numbers[5],
            PatchSteps = (long)numbers[6],
            UpscaleSeen = (long)numbers[7],
            UpscaleSeconds = numbers[8],
            RateFactor = numbers[9],
            Setbacks = (int)numbers[10],
            Firmness = (int)numbers[11],
            AugmentShare = numbers[12],
            SmoothLoss = double.IsNaN(numbers[13]) ? null : numbers[13],
        });
    }
}
