using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Explore;

/// <summary>The pictures that a run learnt from and those that it held out, with the features that tell them apart.</summary>
public sealed class RunPictures : IDisposable
{
    private RunPictures(TrainingPack pack, HeldOutSplit split, FeatureSpace features)
    {
        (Pack, Split, Features) = (pack, split, features);
        (Training, HeldOut) = (pack.Of(split.Training), pack.Of(split.HeldOut));
    }

    /// <summary>Pictures that were learnt from.</summary>
    public int TrainingCount => Training.Count;

    /// <summary>Pictures that were held out; 0 where there were too few to hold any out.</summary>
    public int HeldOutCount => HeldOut.Count;

    internal TrainingPack Pack { get; }

    internal HeldOutSplit Split { get; }

    internal FeatureSpace Features { get; }

    internal PictureRows Training { get; }

    internal PictureRows HeldOut { get; }

    /// <summary>Reads the pack that a session's run was trained on, and its features; they are learnt where no measurement has kept them
    /// beside the pack yet, which takes some seconds.</summary>
    /// <exception cref="UnusableInputException">The pack is gone, damaged, or holds other pictures now.</exception>
    public static RunPictures Open(GeneratorSession session, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var folder = session.PackPath;
        if (!Directory.Exists(folder))
            throw new UnusableInputException($"{folder}, the pack that this run was trained on, isn't there; other pictures are compared "
                + "with its own. Put it back, or make it again with: smirk pack");
        var pack = session.Plan.OpenPack(folder, cancel);
        try
        {
            var split = HeldOutSplit.Of(pack.Rows, session.Plan.HeldOut, session.Plan.Seed);
            var cache = TrainedFeatures.CachePath(folder, pack, split);
            return new RunPictures(pack, split, TrainedFeatures.Of(pack.Of(split.Training), cache, progress, cancel));
        }
        catch
        {
            pack.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        Pack.Dispose();
    }
}
