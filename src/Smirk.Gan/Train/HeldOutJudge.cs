using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Log;
using Smirk.Gan.Sample;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Train;

/// <summary>What a measurement on held-out pictures says.</summary>
/// <param name="Metrics">Metric → value.</param>
/// <param name="IsBest">Whether it is the best of the run so far, see <see cref="BestSoFar"/>.</param>
/// <param name="Findings">What a person should know, and what it is about.</param>
internal sealed record Verdict(IReadOnlyDictionary<string, double> Metrics, bool IsBest, IReadOnlyList<(string About, string Text)> Findings);

/// <summary>Measures a run on the pictures that it doesn't train on: which snapshot is best, whether it still gets better, whether it copies, whether D has won.</summary>
internal sealed class HeldOutJudge : IDisposable
{
    private const int Samples = 1000;

    private const int AtATime = 64;

    // Measurements without a new best before training is said to have stopped getting better.
    private const int Patience = 4;

    // D tells training from held-out pictures by this many times its spread between real and generated: it knows them by heart.
    private const double MemorisingGap = 0.5;

    private readonly RecipePlan _plan;
    private readonly Tensor _heldOut;
    private readonly Tensor _training;
    private readonly IReadOnlyList<FeatureSpace> _spaces;
    private readonly Evaluator _evaluator;
    private readonly BestSoFar _best = new();

    public HeldOutJudge(TrainingPack pack, HeldOutSplit split, RecipePlan plan, TrainTools tools)
    {
        _plan = plan;
        _heldOut = Rows(pack, split.HeldOut);
        _training = Rows(pack, split.Training);
        var cache = tools.CacheFolder is null ? null : TrainedFeatures.CachePath(tools.CacheFolder, pack, split);
        _spaces = [new RandomFeatures(pack.Channels), TrainedFeatures.Of(_training, cache)];
        _evaluator = new Evaluator(_heldOut, _training, _spaces);
    }

    /// <summary>Goes on from what was measured before the run was resumed: only what comes near to that is the best.</summary>
    public void Recall(IEnumerable<LogLine> before)
    {
        foreach (var value in before.Where(line => line.Metrics is not null).Select(line => BestSoFar.Distance(line.Metrics!)))
            _best.Note(value);
    }

    /// <summary>Measures the averaged generator, which must be settled.</summary>
    public Verdict Measure(Recipe recipe)
    {
        // Always the same latents, and none of training's random numbers: measuring must not change the run.
        using var random = new Generator(Seed.Derive(_plan.Seed, "judge"));
        using var scope = TensorScope.Open();
        var fake = Sampler.Pictures(recipe.Average, recipe.Latents(Samples, random), recipe.RandomClasses(Samples, random));
        // Of pictures that are all the same some metrics are no number; the log, which is JSON, has no word for that.
        var metrics = _evaluator.Measure(fake, quick: true).Append(new("discriminator_gap", Gap(recipe, fake))).Where(metric => double.IsFinite(metric.Value)).ToDictionary();
        var findings = new List<(string, string)>();
        var distance = BestSoFar.Distance(metrics);
        var isBest = _best.Note(distance);
        if (_best.Since == Patience)
            findings.Add(("stopped", $"no better for {Patience} measurements (Fréchet distance, mean of both feature spaces: {distance:0.0}, best {_best.Least:0.0}); the best snapshot is kept and used"));
        if (metrics.GetValueOrDefault("training_bias") > Copying.BiasLimit)
            findings.Add(("copying", $"it begins to copy: samples lie nearer to training pictures than to unseen ones more often than chance allows ({metrics["training_bias"]:0.0} standard deviations, up to {Copying.BiasLimit} is chance), at {metrics["nearest_ratio"]:0.00} times the distance of unseen real pictures"));
        if (metrics.GetValueOrDefault("discriminator_gap") > MemorisingGap)
            findings.Add(("memorised", $"D knows the training pictures by heart (gap {metrics["discriminator_gap"]:0.00} of its range between training and unseen pictures, up to {MemorisingGap} is healthy); more pictures or more augmentation would help"));
        return new Verdict(metrics, isBest, findings);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _evaluator.Dispose();
        foreach (var space in _spaces)
            space.Dispose();
        _heldOut.Dispose();
        _training.Dispose();
    }

    // (D(training) − D(held-out)) / (D(training) − D(fake)): 0 when D treats unseen real pictures like those it trains on, 1 when it takes them for generated.
    private double Gap(Recipe recipe, Tensor fake)
    {
        using var noGradient = Autograd.NoGradient();
        var count = Math.Min(_heldOut.Shape[0], _training.Shape[0]);
        var (seen, unseen, made) = (Mean(_training), Mean(_heldOut), Mean(fake));
        return (seen - unseen) / Math.Max(1e-6, Math.Abs(seen - made));

        // A few at a time, as samples are made: held-out pictures may be hundreds, and D's first layer has the most pixels of all.
        double Mean(Tensor pictures)
        {
            var sum = 0.0;
            for (long from = 0; from < count; from += AtATime)
            {
                using var inner = TensorScope.Open();
                var some = pictures.Narrow(0, from, Math.Min(AtATime, count - from)).To(DType.Float32) / 127.5 - 1;
                sum += recipe.Discriminator.Forward(some.To(recipe.Device)).Sum().ToDouble();
            }

            return sum / count;
        }
    }

    private static Tensor Rows(TrainingPack pack, int[] rows) => pack.Pictures.IndexSelect(0, Tensor.FromArray(Array.ConvertAll(rows, r => (long)r)));
}
