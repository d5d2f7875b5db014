using Smirk.Gan.Data;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Reads all pictures below a folder as squares. Given from outside, because this project knows no picture formats.</summary>
public delegate TrainingPack PictureLoader(
    string folder, PictureShape shape, bool grey, IProgress<StageProgress> progress, CancellationToken cancel);

/// <summary>Squares that pictures are read as.</summary>
/// <param name="Size">Edge in pixels.</param>
/// <param name="Aspect">The shape of the part that is squeezed into the square.</param>
public sealed record PictureShape(int Size, Aspect Aspect);

/// <summary>Measures a generator, or pictures that lie in a folder, against real pictures.</summary>
/// <param name="load">Reads folders of pictures.</param>
public sealed class EvaluateStage(PictureLoader load)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "evaluate";

    // Nearest-neighbour metrics with k = 5 say nothing on fewer.
    private const int Fewest = 16;

    // Below, the feature networks have nothing left to look at; above, a folder doesn't fit in memory.
    private const int LeastSize = 16, MostSize = 1024;

    /// <summary>Measures.</summary>
    /// <param name="options">What.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="UsageException">An option is wrong, there are too few pictures, or the run held out none and no real ones were
    /// given.</exception>
    /// <exception cref="UnusableInputException">The snapshot or a pack is damaged, or a folder has no pictures.</exception>
    public EvaluateResult Run(EvaluateOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        Check(options);
        TorchRuntime.SetThreads();
        using var scope = TensorScope.Open();
        return options.Snapshot is { } snapshot ? OfSnapshot(options, snapshot, progress, cancel) : OfPictures(options, progress, cancel);
    }

    private static void Check(EvaluateOptions options)
    {
        if (options.Snapshot is null == options.Pictures is null)
            throw new UsageException("Measure either a run's snapshot or a folder of pictures.");
        if (options.Count < Fewest)
            throw new UsageException($"-n {options.Count}: at least {Fewest} pictures are needed, and a few hundred for numbers to trust.");
        if (options is { Pictures: not null, Real: null })
            throw new UsageException("A folder of pictures is compared with real ones; name them with --real DIR.");
        if (options.Size is < LeastSize or > MostSize)
            throw new UsageException($"--size {options.Size} is out of range; expected {LeastSize} to {MostSize} pixels.");
        if (options is { TrainOnSamples: > 0, Snapshot: null })
            throw new UsageException("--train-on-samples: only a run's generator can make samples of each class.");
        if (options.InceptionPath is { } file && !File.Exists(file))
            throw new UsageException($"--inception {file}: no such file.");
    }

    private EvaluateResult OfSnapshot(EvaluateOptions options, string snapshot, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var device = Device.Parse(options.Device);
        var (plan, _, generator) = Snapshot.LoadGenerator(snapshot, options.Average, device);
        if (options.TrainOnSamples > 0 && plan.Classes.Count == 0)
        {
            generator.Dispose();
            throw new UsageException("--train-on-samples: this generator was trained without labels. Train one with: --labels folder");
        }

        using (generator)
        {
            using var pack = PackOf(plan, snapshot, needed: options.Real is null, progress, cancel);
            var split = pack is null ? null : HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
            if (options.Real is null && split is not { HeldOut.Length: >= Fewest })
                throw new UsageException("This run held out no pictures to measure on. Name some that it wasn't trained on: --real DIR");
            using var given = options.Real is null ? null : Load(
                options.Real, new PictureShape(plan.Size, plan.ShownAspect), plan.Channels == 1, progress, cancel);
            if (given?.Count < Fewest)
                throw new UsageException(
                    $"{given.Count} real pictures: at least {Fewest} are needed, and a few hundred for numbers to trust.");
            progress.Report(new StageSaid(Name, $"making {options.Count} pictures with {Path.GetFileName(snapshot)}"));
            var fake = Made(options.Count);
            var training = pack is null || split is null ? null : pack.Of(split.Training);
            var cache = pack is null || split is null ? null : TrainedFeatures.CachePath(pack.Folder, pack, split);
            var result = Measure(options, given?.Pictures ?? pack!.Of(split!.HeldOut), fake, training, cache, progress, cancel);
            if (pack is null || split is null || plan.Classes.Count == 0)
                return result;

            // What concerns classes.
            var seen = ClassLabels.Of(pack, split.Training, plan.Classes, plan.LabelSource);
            var unseen = given is null ? ClassLabels.Of(pack, split.HeldOut, plan.Classes, plan.LabelSource)
                : ClassLabels.Of(given, Enumerable.Range(0, given.Count), plan.Classes, LabelSource.Parse("folder")!);
            if (unseen.Classes.Count < Fewest)
                return result;
            var (agreement, metrics) =
                OfClasses(options, plan.Classes, seen, unseen, Labels(fake), count => Labels(Made(count)), progress, cancel);
            return result with
            {
                Metrics = result.Metrics.Concat(metrics).ToDictionary(),
                Confusion = agreement.Samples,
                ConfusionReal = agreement.Real,
            };

            Tensor Made(int count) =>
                Sampler.Pictures(generator, Latents.Draw(plan, count, options.Seed, truncation: 1).To(device), plan.ClassesInTurn(count),
                    new StageSteps(Name, progress, cancel));

            Labelled Labels(Tensor made) => new(made, plan.ClassesInTurn((int)made.Shape[0])!);
        }
    }

    private static (ClassAgreement Agreement, Dictionary<string, double> Metrics) OfClasses(
        EvaluateOptions options, IReadOnlyList<string> names, Labelled seen, Labelled unseen, Labelled fake, Func<int, Labelled> make,
            IProgress<StageProgress> progress, CancellationToken cancel)
    {
        progress.Report(new StageSaid(Name, "training a classifier to see whether samples show their class"));
        using var space = new RandomFeatures(fake.Pictures.Channels);
        var agreement = ClassAgreement.Of(seen, unseen, fake, names, cancel);
        var metrics = agreement.Metrics.Concat(ClassCoverage.Of(space, unseen, fake, names))
            .Append(new("class_diversity", Diversity.OfClasses(unseen, fake))).ToDictionary();
        if (options.TrainOnSamples == 0)
            return (agreement, metrics);
        progress.Report(new StageSaid(Name, $"training classifiers on {options.TrainOnSamples} samples, and on as many real pictures"));
        var trained = TrainedOnSamples.Of(seen, unseen, make(options.TrainOnSamples), names.Count, cancel);
        return (agreement, metrics.Concat(trained).ToDictionary());
    }

    private EvaluateResult OfPictures(EvaluateOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        // Where one of them is a pack, the other is squeezed as its pictures were.
        var shape = new PictureShape(options.Size, AspectOf(options.Pictures!) ?? AspectOf(options.Real!) ?? Aspect.Square);
        using var made = Load(options.Pictures!, shape, grey: false, progress, cancel);
        using var real = Load(options.Real!, shape, grey: false, progress, cancel);
        return Measure(options, real.Pictures, made.Pictures, null, null, progress, cancel);
    }

    private TrainingPack Load(
        string folder, PictureShape shape, bool grey, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (AspectOf(folder) is not { } aspect)
            return load(folder, shape, grey, progress, cancel);
        return aspect == shape.Aspect ? TrainingPack.Open(folder, grey, cancel)
            : throw new UsageException($"{folder} holds pictures of {aspect}, and those to compare with it are of {shape.Aspect}. Make a "
                + $"pack of that shape with: smirk pack --aspect {shape.Aspect}");
    }

    private static Aspect? AspectOf(string folder)
    {
        if (!PackFolder.Exists(folder))
            return null;
        using var pack = PackReader.Open(folder);
        return pack.Aspect;
    }

    // Where real pictures are given, a run whose pack isn't what it was can still be measured: all but whether it copies.
    private static TrainingPack? PackOf(
        RecipePlan plan, string snapshot, bool needed, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var folder = PackPlace.Find(plan.Pack, Snapshot.RunOf(snapshot));
        if (!Directory.Exists(folder))
        {
            return needed
                ? throw new UnusableInputException(
                    $"{folder}, the pack that this run was trained on, isn't there, so the pictures that it held out aren't either. Name "
                        + "some that it wasn't trained on: --real DIR")
                : null;
        }

        try
        {
            return plan.OpenPack(folder, cancel);
        }
        catch (UnusableInputException error) when (!needed)
        {
            progress.Report(new StageWarned(Name, folder, error.Message));
            return null;
        }
    }

    private static EvaluateResult Measure(
        EvaluateOptions options, PictureRows real, Tensor fake, PictureRows? training, string? cache, IProgress<StageProgress> progress,
            CancellationToken cancel)
    {
        if (real.Size < MultiScaleSimilarity.Window)
        {
            throw new UsageException(
                $"Pictures of {real.Size}×{real.Size} pixels are too small to measure: at least {MultiScaleSimilarity.Window} on a side "
                    + "are needed.");
        }

        if (real.Count < Fewest || fake.Shape[0] < Fewest)
            throw new UsageException(
                $"{real.Count} real and {fake.Shape[0]} generated pictures: at least {Fewest} of each are needed, and a few hundred for "
                    + "numbers to trust.");
        if (real.Channels != fake.Shape[1] || real.Size != fake.Shape[2])
            throw new UsageException(
                $"The real pictures are {real.Size} pixels with {real.Channels} channels, the generated ones {fake.Shape[2]} with "
                    + $"{fake.Shape[1]}.");
        var spaces = new List<FeatureSpace> { new RandomFeatures(real.Channels) };
        try
        {
            // First, so that a file that isn't a network is refused before minutes of work.
            if (options.InceptionPath is { } inception)
                spaces.Add(new InceptionFeatures(inception));

            // Without training pictures the network learns from the real ones: then it knows them, and says so by its name only.
            spaces.Insert(1, TrainedFeatures.Of(training ?? real, cache, progress, cancel));
            spaces.AddRange(DetailFeatures.For(real.Channels, real.Size));
            progress.Report(new StageSaid(Name, $"comparing them with {Counted.Of(real.Count, "real picture")}"));
            using var evaluator = new Evaluator(real, training, spaces, new StageSteps(Name, progress, cancel));
            return new EvaluateResult(real.Count, (int)fake.Shape[0], training?.Count ?? 0, evaluator.Measure(fake));
        }
        finally
        {
            spaces.ForEach(space => space.Dispose());
        }
    }
}
