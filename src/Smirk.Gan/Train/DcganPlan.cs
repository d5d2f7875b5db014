using Smirk.Gan.Data;
using Smirk.Torch;

namespace Smirk.Gan.Train;

/// <summary>The recipe "dcgan": carpedm20/DCGAN-tensorflow's settings.</summary>
internal static class DcganPlan
{
    private const string Original = "as the original";

    /// <summary>Makes the plan.</summary>
    public static RecipePlan Make(TrainOptions options, TrainingPack pack, Device device, double? seconds, Choices choices)
    {
        // 64 channels at half the size, doubling with every halving, to 4×4: 512-256-128-64 at 64 pixels.
        var layers = int.Log2(pack.Size) - 2;
        int[] widths = [.. Enumerable.Range(0, layers).Select(i => 64 << (layers - 1 - i))];
        return new RecipePlan
        {
            Recipe = "dcgan",
            Pack = pack.Folder,
            PackFingerprint = pack.Fingerprint,
            Size = pack.Size,
            Channels = pack.Channels,
            Seed = options.Seed,
            Device = device.ToString(),
            BudgetSeconds = seconds,
            Kimg = options.Kimg,
            Batch = choices.Take("batch", options.Batch, 64, Original),
            LatentSize = choices.Take("z-dim", options.LatentSize, 100, Original),
            GeneratorWidths = widths,
            DiscriminatorWidths = [.. widths.Reverse()],
            Kernel = choices.Take("kernel", options.Kernel, 5, Original),
            GeneratorSteps = choices.Take("g-steps", options.GeneratorSteps, 2, Original),
            LearningRate = choices.Take("learning-rate", options.LearningRate, 2e-4, Original),
            Beta1 = 0.5,
            Beta2 = 0.999,
            EmaKimg = 10,
            HeldOut = choices.Take("held-out", options.HeldOut, 0, "the original learns from every picture"),
            SnapshotSeconds = options.SnapshotEvery.TotalSeconds,
            EvaluateSeconds = options.HeldOut > 0 ? options.EvaluateEvery.TotalSeconds : 0,
            Choices = choices.All,
        };
    }
}
