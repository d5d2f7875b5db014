using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;

namespace Smirk.Gan.Train.Planning;

/// <summary>Do mirrored pictures look like they belong? Text, logos and things with a fixed side say no; faces say yes.</summary>
internal static class MirrorTest
{
    private const int Edge = 16;

    // Mirroring moves the mean picture by this share of how far pictures lie from it: above, left and right differ as a rule and not by
    // chance.
    private const double Limit = 0.25;

    /// <summary>By what the pack holds.</summary>
    public static Chosen<string> Decide(TrainingPack pack) =>
        pack.IsRolls ? new("off", Reason.TimeRunsOneWay) : Decide(pack.Pictures);

    // Compares the mean picture, uint8 [N, C, S, S], with its mirror image.
    private static Chosen<string> Decide(Tensor pictures)
    {
        using var scope = TensorScope.Open();
        var some = pictures.Narrow(0, 0, Math.Min(2000, pictures.Shape[0]));
        var small = some.To(DType.Float32).AvgPool2d(pictures.Shape[2] / Edge) / 255; // [N, C, 16, 16]
        var mean = small.Mean([0], keep: true);
        var asymmetry = (mean - mean.Flip(3)).Square().Mean().ToDouble();
        var spread = (small - mean).Square().Mean().ToDouble();
        var share = Math.Sqrt(asymmetry / Math.Max(1e-9, spread));
        var with = new Dictionary<string, string> { ["asymmetry"] = share.ToString("0.00"), ["limit"] = Limit.ToString("0.00") };
        return share < Limit ? new("on", Reason.SidesAlike, with) : new("off", Reason.SidesDiffer, with);
    }
}
