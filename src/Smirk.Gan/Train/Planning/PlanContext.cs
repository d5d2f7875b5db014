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
    /// <summary>Edge of what the generator itself makes, in pixels.</summary>
    public int SmallSize => Options.SmallSize ?? Math.Min(UpscaleNeeds.SmallSize, Pack.Size);
}
