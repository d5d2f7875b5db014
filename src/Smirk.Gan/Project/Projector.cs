using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Project;

/// <summary>Finds the latent whose picture comes nearest to a given one.</summary>
/// <remarks>
/// From the nearest of 1,000 samples on, Adam changes the latent and the style of each level (Abdal et al. 2019, "Image2StyleGAN", do the
/// like with StyleGAN's levels) while a pull keeps them like latents of N(0, 1), so that the result can be mixed, varied and walked from.
/// For a generator with an upsampler all this happens at the size before it. Batch norms use the snapshot's fitted statistics.
/// For one thread at a time; belongs to the snapshot that the session has open now.
/// </remarks>
public sealed class Projector : IDisposable
{
    /// <summary>The stage's name.</summary>
    public const string Name = "project";

    private const int SampleCount = 1000;

    // The nearest sample may lie in a poor valley; four starts take twice the time of two and end 2.5 % nearer (docs/project.md).
    private const int Starts = 2;

    // Held-out pictures that are projected together.
    private const int AtATime = 8;

    private readonly GeneratorSession _session;
    private readonly RunPictures _pictures;
    private readonly ProjectionMeasure _measure;
    private readonly Descent _descent;
    private readonly LatentBatch _samples;
    private readonly Tensor _sampleRows;
    private readonly string _snapshot;

    /// <summary>Makes the samples that searches begin with.</summary>
    /// <param name="session">The generator; stays the caller's.</param>
    /// <param name="pictures">Its run's pictures; stay the caller's.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops.</param>
    public Projector(
        GeneratorSession session, RunPictures pictures, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(pictures);
        (_session, _pictures, _snapshot) = (session, pictures, session.SnapshotPath);
        _measure = new ProjectionMeasure(pictures, session.Plan.SmallSize);
        _descent = new Descent(session, _measure);
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        _samples = new LatentBatch(Latents.Draw(session.Plan, SampleCount, seed: 0, truncation: 1).Own(), null,
            session.ClassesOf(SampleCount, null));
        var rows = new List<Tensor>();
        for (var from = 0; from < SampleCount; from += 50)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new StageAdvanced(Name, from, SampleCount, "samples", "making samples to begin with"));
            using var inner = TensorScope.Open();
            var some = _samples.Narrow(from, 50);
            rows.Add(inner.Keep(_measure.OfSmall(session.Generator.Small(some.Z.To(session.Device), some.Classes).To(Device.Cpu))));
        }

        _sampleRows = Tensor.Cat(rows, 0).Own();
    }

    /// <summary>Projects a picture.</summary>
    /// <param name="rgb">The picture, cut as the pack's pictures are: interleaved RGB of the run's size.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="seen">Told of every few steps, and of the last; null for nobody. Called on this thread.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <exception cref="UsageException">An option is wrong, or the picture has another size.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Projection Run(
        byte[] rgb, ProjectOptions? options = null, Action<ProjectionStep>? seen = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        options ??= new ProjectOptions();
        options.Check();
        if (_session.SnapshotPath != _snapshot)
            throw new InvalidOperationException($"This projector belongs to {_snapshot}; the session has {_session.SnapshotPath} open.");
        _session.ClassesOf(1, options.Class);
        using var scope = TensorScope.Open();
        var target = RgbRows.ToTensor([rgb], _session.Size, _session.Plan.Channels);
        var found = Find(target, options, options.Class, (step, square, small) =>
        {
            progress?.Report(new StageAdvanced(Name, step, options.Steps, "steps", $"distance {Math.Sqrt(square):0.00}"));
            if (step % options.ShowEvery == 0 || step == options.Steps)
                seen?.Invoke(new ProjectionStep(step, options.Steps, Math.Sqrt(square), Shown(small)));
        }, cancel)[0];
        var made = _session.Generate([found.Code], cancel: cancel)[0].Rgb;
        var reference = options.Compare ? HeldOut(options, progress, cancel) : [];
        return new Projection(found.Code, made, found.Distance, found.NearestSample, SampleCount, Compare(found.Distance, reference));
    }

    /// <summary>How a distance compares with those of pictures that the run held out, for a projection that was shown before it is
    /// known. Projects these once for a snapshot and a number of steps, which takes longer than one projection.</summary>
    /// <param name="distance">The projection's.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Null where none were held out.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ProjectionComparison? CompareWithHeldOut(
        double distance, int steps, IProgress<StageProgress>? progress = null, CancellationToken cancel = default) =>
        Compare(distance, HeldOut(new ProjectOptions { Steps = steps }, progress, cancel));

    /// <inheritdoc/>
    public void Dispose()
    {
        _measure.Dispose();
        _samples.Z.Dispose();
        _sampleRows.Dispose();
    }

    private sealed record Found(LatentCode Code, double Distance, double NearestSample);

    private static ProjectionComparison? Compare(double distance, IReadOnlyList<double> others) => others.Count == 0 ? null
        : new ProjectionComparison(others.Count(other => other > distance) / (double)others.Count, others.Count,
            others.Order().ElementAt(others.Count / 2));

    // Pictures of [N, C, S, S] bytes; the first one's best start is watched.
    private List<Found> Find(
        Tensor pictures, ProjectOptions options, int? only, Action<int, double, Tensor>? watch, CancellationToken cancel)
    {
        using var scope = TensorScope.Open();
        var targets = _measure.Of(pictures); // [N, numbers]
        var count = (int)targets.Shape[0];
        var (starts, nearest) = StartsOf(targets, only);
        var rows = targets.Unsqueeze(1).Expand(count, Starts, targets.Shape[1]).Reshape(count * Starts, -1);
        var (found, squares) = _descent.Run(starts, rows, options.Steps, options.Threads, watch is null ? null : (step, all, small) =>
        {
            using var noGradient = Autograd.NoGradient();
            var first = all.Narrow(0, 0, Starts).ToArray<float>();
            var best = Array.IndexOf(first, first.Min());
            watch(step, first[best], small.Narrow(0, best, 1));
        }, cancel);
        int[] best = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(i * Starts, Starts).MinBy(row => squares[row]))];
        return [.. found.Pick(best).ToCodes().Select((code, i) => new Found(code, Math.Sqrt(squares[best[i]]), nearest[i]))];
    }

    // The nearest samples of each picture, picture by picture, and how far the very nearest is.
    private (LatentBatch Starts, float[] Nearest) StartsOf(Tensor targets, int? only)
    {
        using var noGradient = Autograd.NoGradient();
        int[] allowed = [.. Enumerable.Range(0, SampleCount).Where(i => only is null || _samples.Classes![i] == only)];
        var candidates = only is null ? _sampleRows : _sampleRows.IndexSelect(0, Tensor.FromArray([.. allowed.Select(i => (long)i)]));
        var (distances, places) = Tensor.CDist(targets, candidates).TopK(Starts, 1, largest: false);
        return (_samples.Pick([.. places.ToArray<long>().Select(place => allowed[place])]),
            [.. distances.ToArray<float>().Chunk(Starts).Select(few => few[0])]);
    }

    private byte[] Shown(Tensor small)
    {
        using var noGradient = Autograd.NoGradient();
        return RgbRows.Of(Sampler.ToBytes(_session.Generator.Enlarged(small.To(_session.Device))))[0];
    }

    // A few of the pictures that the run held out, spread over them.
    private IReadOnlyList<double> HeldOut(ProjectOptions options, IProgress<StageProgress>? progress, CancellationToken cancel) =>
        _pictures.HeldOutCount == 0 ? [] : ProjectionRecord.Of(_snapshot, options.Steps, Starts, () =>
        {
            var some = _pictures.HeldOut.Sample(ProjectionRecord.Most, seed: 0);
            var distances = new List<double>();
            foreach (var (from, count) in some.Parts(AtATime))
            {
                using var scope = TensorScope.Open();
                var start = from;
                distances.AddRange(Find(some.Take(from, count), options, null, (step, _, _) =>
                    progress?.Report(new StageAdvanced(Name, start + count * (double)step / options.Steps, some.Count, "pictures",
                        "projecting pictures that the run held out, to compare with; once a snapshot")), cancel)
                    .Select(found => found.Distance));
            }

            return distances;
        });
}
