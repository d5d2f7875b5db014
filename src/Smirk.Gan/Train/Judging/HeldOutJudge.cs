using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Log;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train.Judging;

/// <summary>What a measurement on held-out pictures says.</summary>
/// <param name="Metrics">Metric → value.</param>
/// <param name="IsBest">Whether it is the best of the run so far, see <see cref="BestSoFar"/>.</param>
/// <param name="Findings">What a person should know, and what it is about.</param>
internal sealed record Judgement(
    IReadOnlyDictionary<string, double> Metrics, bool IsBest, IReadOnlyList<(string About, string Text)> Findings);

/// <summary>Measures a run on the pictures that it doesn't train on: which snapshot is best, whether it still gets better, whether it
/// copies, whether D has won.</summary>
internal sealed class HeldOutJudge : IDisposable
{
    private const int Samples = 1000;

    // More say nothing more about a thousand samples, and all pairs of them are compared.
    private const int MostHeldOut = 2000;

    // Measurements without a new best before training is said to have stopped getting better.
    private const int Patience = 4;

    // D tells training from held-out pictures by this many times its spread between real and generated: it has memorised them.
    private const double MemorisingGap = 0.5;

    private readonly RecipePlan _plan;
    private readonly IReadOnlyList<FeatureSpace> _spaces;
    private readonly Evaluator _evaluator;
    private readonly StageSteps _steps;
    private readonly DiscriminatorGap _gap;
    private readonly BestSoFar _best = new();

    public HeldOutJudge(TrainingPack pack, HeldOutSplit split, RecipePlan plan, TrainTools tools, IProgress<StageProgress> progress,
        CancellationToken cancel)
    {
        _plan = plan;
        var (heldOut, training) = (pack.Of(split.HeldOut).Sample(MostHeldOut, plan.Seed), pack.Of(split.Training));
        var cache = tools.CacheFolder is null ? null : TrainedFeatures.CachePath(tools.CacheFolder, pack, split);
        _spaces =
        [
            new RandomFeatures(pack.Channels),
            TrainedFeatures.Of(training, cache, progress, cancel),
            .. DetailFeatures.For(pack.Channels, pack.Size),
        ];
        _steps = new StageSteps(TrainStage.Name, progress, cancel);
        _evaluator = new Evaluator(heldOut, training, _spaces, _steps);
        _gap = DiscriminatorGap.Between(pack, split, plan);
    }

    /// <summary>Takes over what was measured before the run was resumed: only what comes near to that is the best.</summary>
    public void Recall(IEnumerable<LogLine> before)
    {
        foreach (var value in before.Where(line => line.Metrics is not null).Select(line => BestSoFar.Distance(line.Metrics!)))
            _best.Note(value);
    }

    /// <summary>Measures the averaged generator, which must be settled.</summary>
    public Judgement Measure(Recipe recipe)
    {
        // Always the same latents, and none of training's random numbers: measuring must not change the run.
        using var random = new Generator(Seed.Derive(_plan.Seed, "judge"));
        using var scope = TensorScope.Open();
        var latents = recipe.Latents(Samples, random);
        var classes = recipe.RandomClasses(Samples, random);
        var fake = Sampler.Pictures(recipe.Average, latents, classes, _steps);

        // Of pictures that are all the same some metrics are no number; the log, which is JSON, has no word for that.
        var metrics = _evaluator.Measure(fake, quick: true).Append(new("discriminator_gap", _gap.Of(recipe, fake, classes)))
            .Where(metric => double.IsFinite(metric.Value)).ToDictionary();
        var findings = new List<(string, string)>();
        var distance = BestSoFar.Distance(metrics);
        var isBest = _best.Note(distance);
        if (_best.Since == Patience)
            findings.Add(
                ("stopped",
                    $"no better for {Patience} measurements (Fréchet distance, mean of all feature spaces: {distance:0.0}, best "
                        + $"{_best.Least:0.0}); the best snapshot is kept and used"));
        if (metrics.GetValueOrDefault("training_bias") > Copying.BiasLimit)
            findings.Add(
                ("copying",
                    $"it begins to copy: samples are nearer to training pictures than to unseen ones more often than chance allows "
                        + $"({metrics["training_bias"]:0.0} standard deviations, up to {Copying.BiasLimit} is chance), at "
                        + $"{metrics["nearest_ratio"]:0.00} times the distance of unseen real pictures"));
        if (metrics.GetValueOrDefault("discriminator_gap") > MemorisingGap)
            findings.Add(
                ("memorised",
                    $"D has memorised the training pictures (gap {metrics["discriminator_gap"]:0.00} of its range between training and "
                        + $"unseen pictures, up to {MemorisingGap} is healthy); more pictures or more augmentation would help"));
        return new Judgement(metrics, isBest, findings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _evaluator.Dispose();
        foreach (var space in _spaces)
            space.Dispose();
    }
}
