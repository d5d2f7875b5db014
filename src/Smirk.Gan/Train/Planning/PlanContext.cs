using Smirk.Gan.Data;
using Smirk.Gan.Upscale;
using Smirk.Torch;

namespace Smirk.Gan.Train.Planning;

/// <summary>What a plan is made from.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Pack">What is learnt from.</param>
/// <param name="Device">Where.</param>
/// <param name="AskedFor">How a value that was asked for is told of.</param>
internal sealed record PlanContext(string Recipe, TrainOptions Options, TrainingPack Pack, Device Device, Reason AskedFor = Reason.Asked)
{
    private double? _same;

    /// <summary>Share of the pack's pixels that are as their left neighbour is, 0…1; looked at once.</summary>
    public double ShareOfSame => _same ??= AugmentChoice.ShareOfSame(Pack.Pictures, SmallSize);

    /// <summary>Whether the pictures are flat: as the person says, or else as they are found to be.</summary>
    public bool IsFlat => Options.Look switch
    {
        AugmentChoice.Flat => true,
        AugmentChoice.Shaded => false,
        _ => ShareOfSame >= AugmentChoice.Limit,
    };

    /// <summary>Whether the generator can be asked for a class.</summary>
    public bool HasClasses => Options.Labels is not (null or "none");

    /// <summary>Edge of what the generator itself makes, in pixels.</summary>
    public int SmallSize => Options.SmallSize ?? (Pack.IsRolls ? Pack.Size : Math.Min(UpscaleNeeds.SmallSize, Pack.Size));
}
