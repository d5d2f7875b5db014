using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Train;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Tests;

/// <summary>A feature network that is learnt once, from four pictures of noise, and put beside packs as if it had been learnt from theirs.
/// Learning takes ten times as long as all the rest of a short run, and few tests care what the features are.</summary>
internal static class KnownFeatures
{
    private static readonly Lazy<byte[]> Grey = new(() => Learn(1));
    private static readonly Lazy<byte[]> Colour = new(() => Learn(3));

    /// <summary>Puts the network beside <paramref name="pack"/> for runs with <paramref name="options"/>. Returns the pack.</summary>
    public static string Beside(string pack, TrainOptions options)
    {
        var plan = TrainStage.Plan(options with { Pack = pack }, CancellationToken.None);
        return Beside(pack, plan.HeldOut, plan.Seed, plan.Channels == 1);
    }

    /// <summary>The same for runs that hold out <paramref name="share"/> of the pictures by <paramref name="seed"/>.</summary>
    public static string Beside(string pack, double share, ulong seed, bool grey = false)
    {
        using var opened = TrainingPack.Open(pack, grey);
        File.WriteAllBytes(TrainedFeatures.CachePath(pack, opened, HeldOutSplit.Of(opened.Rows, share, seed)),
            (grey ? Grey : Colour).Value);
        return pack;
    }

    private static byte[] Learn(int channels)
    {
        using var folder = new TemporaryFolder();
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var file = folder.File("features.safetensors");
        TrainedFeatures.Of(Tensor.RandomIntegers([4, channels, 32, 32], 0, 256, random).To(DType.UInt8), file).Dispose();
        return File.ReadAllBytes(file);
    }
}
