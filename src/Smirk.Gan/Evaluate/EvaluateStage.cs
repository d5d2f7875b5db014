using Smirk.Gan.Data;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Evaluate;

/// <summary>Measures a generator, or pictures that lie in a folder, against real pictures.</summary>
public static class EvaluateStage
{
    // Nearest-neighbour metrics with k = 5 say nothing on fewer.
    private const int Fewest = 16;

    /// <summary>Measures a snapshot.</summary>
    /// <param name="options">How.</param>
    /// <param name="snapshot">The snapshot's file.</param>
    /// <param name="real">Gives the real pictures at a size, in grey or not; null for the run's own held-out pictures.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="UsageException">Too few pictures, or the run held out none and no real pictures were given.</exception>
    public static EvaluateResult OfSnapshot(EvaluateOptions options, string snapshot, Func<int, bool, TrainingPack>? real, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (options.Count < Fewest)
            throw new UsageException($"-n {options.Count}: at least {Fewest} pictures are needed, and a few hundred for numbers to trust.");
        TorchRuntime.SetThreads();
        using var scope = TensorScope.Open();
        var device = Device.Parse(options.Device);
        var (plan, _, generator) = Snapshot.LoadGenerator(snapshot, options.Average, device);
        using (generator)
        {
            using var pack = PackOf(plan, needed: real is null, progress);
            var split = pack is null ? null : HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
            if (real is null && split is not { HeldOut.Length: >= Fewest })
                throw new UsageException("This run held out no pictures to measure on. Name some that it wasn't trained on: --real DIR");
            using var given = real?.Invoke(plan.Size, plan.Channels == 1);
            if (given?.Count < Fewest)
                throw new UsageException($"{given.Count} real pictures: at least {Fewest} are needed, and a few hundred for numbers to trust.");
            var latents = Latents.Draw(plan, options.Count, options.Seed, truncation: 1).To(device);
            progress.Report(new StageSaid("evaluate", $"making {options.Count} pictures with {Path.GetFileName(snapshot)}"));
            var fake = Sampler.Pictures(generator, latents, plan.ClassesInTurn(options.Count));
            var training = pack is null || split is null ? null : Rows(pack, split.Training);
            var cache = pack is null || split is null ? null : TrainedFeatures.CachePath(pack.Folder, pack, split);
            return Measure(options, given?.Pictures ?? Rows(pack!, split!.HeldOut), fake, training, cache, cancel);
        }
    }

    /// <summary>Measures pictures that are there already, such as another tool's.</summary>
    /// <param name="options">How.</param>
    /// <param name="fake">The pictures.</param>
    /// <param name="real">Real pictures of the same size.</param>
    /// <param name="cancel">Stops.</param>
    public static EvaluateResult OfPictures(EvaluateOptions options, TrainingPack fake, TrainingPack real, CancellationToken cancel)
    {
        TorchRuntime.SetThreads();
        return Measure(options, real.Pictures, fake.Pictures, null, null, cancel);
    }

    // Where real pictures are given, a run whose pack isn't what it was can still be measured: all but whether it copies.
    private static TrainingPack? PackOf(RecipePlan plan, bool needed, IProgress<StageProgress> progress)
    {
        if (!Directory.Exists(plan.Pack))
            return null;
        try
        {
            return plan.OpenPack();
        }
        catch (UnusableInputException error) when (!needed)
        {
            progress.Report(new StageWarned("evaluate", plan.Pack, error.Message));
            return null;
        }
    }

    private static EvaluateResult Measure(EvaluateOptions options, Tensor real, Tensor fake, Tensor? training, string? cache, CancellationToken cancel)
    {
        if (real.Shape[2] < MultiScaleSimilarity.Window)
        {
            throw new UsageException(
                $"Pictures of {real.Shape[2]}×{real.Shape[3]} pixels are too small to measure: at least {MultiScaleSimilarity.Window} on a side are needed.");
        }

        if (real.Shape[0] < Fewest || fake.Shape[0] < Fewest)
            throw new UsageException($"{real.Shape[0]} real and {fake.Shape[0]} generated pictures: at least {Fewest} of each are needed, and a few hundred for numbers to trust.");
        if (real.Shape[1] != fake.Shape[1] || real.Shape[2] != fake.Shape[2])
            throw new UsageException($"The real pictures are {real.Shape[2]} pixels with {real.Shape[1]} channels, the generated ones {fake.Shape[2]} with {fake.Shape[1]}.");
        var spaces = new List<FeatureSpace> { new RandomFeatures((int)real.Shape[1]) };
        try
        {
            // First, so that a file that isn't a network is refused before minutes of work.
            if (options.InceptionPath is { } inception)
                spaces.Add(new InceptionFeatures(inception));
            // Without training pictures the network learns from the real ones: then it knows them, and says so by its name only.
            spaces.Insert(1, TrainedFeatures.Of(training ?? real, cache, cancel));
            using var evaluator = new Evaluator(real, training, spaces);
            return new EvaluateResult((int)real.Shape[0], (int)fake.Shape[0], (int)(training?.Shape[0] ?? 0), evaluator.Measure(fake));
        }
        finally
        {
            spaces.ForEach(space => space.Dispose());
        }
    }

    private static Tensor Rows(TrainingPack pack, int[] rows) => pack.Pictures.IndexSelect(0, Tensor.FromArray(Array.ConvertAll(rows, row => (long)row)));
}
