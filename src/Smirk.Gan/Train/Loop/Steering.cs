using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Loop;

/// <summary>Which share of the pictures is augmented, steered by how well D tells real from generated ones: more while it wins, less while
/// it has to guess.</summary>
/// <remarks>
/// Karras et al. 2020 (ADA) steer augmentation by the share of real pictures that D takes for real. Pairs have no such share; their loss
/// says the same. What is augmented for no need is learnt worse (docs/recipes.md).
/// A run whose generator has collapsed is augmented as a whole from then on.
/// All that it knows is part of the counters, so a run resumes as if it hadn't been stopped, and every process of a team does the same.
/// </remarks>
internal sealed class Steering(RecipePlan plan)
{
    // Reading a loss waits for a GPU: one step in eight says enough.
    private const int ReadEvery = 8;

    // Ten readings, a thousand pictures: single batches waver.
    private const double Smoothing = 0.1;

    // From none to all within this many pictures.
    private const double WholeWay = 20_000;

    /// <summary>Where a run begins.</summary>
    public TrainCounters Start => plan.AugmentTarget is null ? new TrainCounters() : new TrainCounters { AugmentShare = 0 };

    /// <summary>Whether the loss of this step is to be read.</summary>
    /// <param name="now">Where the run stands before the step.</param>
    public bool Reads(TrainCounters now) =>
        plan.AugmentTarget is not null && now.Firmness == 0 && (now.Step - now.UpscaleSteps) % ReadEvery == ReadEvery / 2;

    /// <summary>The counters after a step whose loss was read.</summary>
    /// <param name="now">Where the run stands.</param>
    /// <param name="loss">D's loss; where it isn't finite, the counters stay as they are.</param>
    public TrainCounters Steer(TrainCounters now, double loss)
    {
        if (!double.IsFinite(loss))
            return now;
        var smooth = now.SmoothLoss is { } before ? before + Smoothing * (loss - before) : loss;
        var way = ReadEvery * plan.Batch / WholeWay;
        return now with
        {
            SmoothLoss = smooth,
            AugmentShare = Math.Clamp(now.AugmentShare + (smooth < plan.AugmentTarget ? way : -way), 0, 1),
        };
    }
}
