using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Measures generated pictures against real ones with every metric there is; features of the real pictures are computed
/// once.</summary>
public sealed class Evaluator : IDisposable
{
    private readonly PictureRows _real;
    private readonly PictureRows? _training;
    private readonly double[]? _realDistances;
    private readonly IReadOnlyList<(FeatureSpace Space, Tensor Real)> _spaces;
    private readonly StageSteps? _steps;

    /// <summary>Prepares to measure against <paramref name="real"/>.</summary>
    /// <param name="real">uint8 [N, C, S, S] that no generator was trained on; stays the caller's.</param>
    /// <param name="training">What the generator was trained on, to find copies; null skips that. Stays the caller's.</param>
    /// <param name="spaces">Feature spaces to measure in; they stay the caller's.</param>
    /// <param name="steps">Told what is being measured; null for nobody.</param>
    public Evaluator(PictureRows real, PictureRows? training, IReadOnlyList<FeatureSpace> spaces, StageSteps? steps = null)
    {
        (_real, _training, _steps) = (real, training, steps);
        _realDistances = training is null ? null : Copying.Distances(training, real, steps);
        _spaces = [.. spaces.Select(space => (space, space.Of(real, steps)))];
    }

    /// <summary>All metrics of <paramref name="fake"/> (uint8 [M, C, S, S]) under their names.</summary>
    /// <param name="fake">Generated pictures.</param>
    /// <param name="quick">Only what is needed to follow training: leaves out SWD and MS-SSIM.</param>
    public IReadOnlyDictionary<string, double> Measure(Tensor fake, bool quick = false)
    {
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var results = new Dictionary<string, double>();
        foreach (var (space, features) in _spaces)
        {
            var made = space.Of(fake, _steps);
            _steps?.Next($"comparing {space.Name} features");
            foreach (var (name, value) in SpaceScores.Of(features, made, standardise: space.Name != "inception")
                .Named(space.Name))
                results[name] = value;
        }

        results["diversity"] = Diversity.Of(_real, fake);
        if (!quick)
        {
            var real = _real.Take(0, (int)Math.Min(_real.Count, fake.Shape[0]));
            var swd = SlicedWasserstein.Of(real, fake, steps: _steps);
            results["swd"] = swd.Average();
            for (var level = 0; level < swd.Count; level++)
                results[$"swd_{fake.Shape[2] >> level}"] = swd[level];
            _steps?.Next("comparing spectra");
            results["spectrum_peak"] = SpectrumPeaks.Of(real, fake);
            _steps?.Next("comparing samples with each other");
            results["ms_ssim"] = MultiScaleSimilarity.MeanOfPairs(fake);
            _steps?.Next("comparing real pictures with each other");
            results["ms_ssim_real"] = MultiScaleSimilarity.MeanOfPairs(real);
        }

        if (_training is not null)
        {
            var copying = Copying.Of(_training, _real, fake, _realDistances, _steps);
            results["nearest_ratio"] = copying.MedianRatio;
            results["copying_ct"] = copying.DataCopying;
            results["too_close"] = copying.ShareTooClose;
            results["training_bias"] = copying.TrainingBias;
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, real) in _spaces)
            real.Dispose();
    }
}
