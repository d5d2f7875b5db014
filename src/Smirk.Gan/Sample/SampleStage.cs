using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>Makes pictures with a snapshot: a grid, single files, sweeps of one number of the latent, walks between latents.</summary>
/// <param name="encoders">Write pictures and animations.</param>
public sealed class SampleStage(SampleEncoders encoders)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "sample";

    private const int MostEnlarged = 8;

    /// <summary>Makes what <paramref name="options"/> ask for.</summary>
    /// <param name="options">What to make; at least one of its paths must be set.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="UsageException">An option is wrong or doesn't fit the generator.</exception>
    /// <exception cref="UnusableInputException">The snapshot is damaged, or the file of latents is, or is another generator's.</exception>
    public SampleResult Run(SampleOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        Check(options);
        using var scope = TensorScope.Open();
        var device = Device.Parse(options.Device);
        var (plan, counters, generator) = Snapshot.LoadGenerator(options.Snapshot, options.Average, device);
        using (generator)
        {
            var job = new SampleJob(options, plan, generator, device, encoders, progress, cancel);
            var files = new List<string>();
            if (options.SaveLatentsPath is { } latents)
                files.Add(job.Latents(latents));
            if (options.SweepDimension is { } dimension)
                files.AddRange(job.Sweep(dimension, progress));
            else if (options.GridPath is { } gridPath)
                files.Add(job.Grid(gridPath));
            if (options.OutFolder is { } folder && options.SweepDimension is null)
                files.AddRange(job.Singles(folder, progress));
            if (options.Interpolate is { } stops)
                files.AddRange(job.Walk(stops));
            if (options.Use is { } use)
                files.AddRange(use(job.Sampled()));
            return new SampleResult(options.Snapshot, counters.Kimg, files, job.Picked);
        }
    }

    private static void Check(SampleOptions options)
    {
        if (options.Count < 1)
            throw new UsageException($"-n {options.Count}: expected at least 1 picture.");
        if (options.Truncation is < 0 or > 2)
            throw new UsageException($"--truncation {options.Truncation}: expected 0 to 2; 1 is the generator's whole variety.");
        if (options.Pick is <= 0 or > 1)
            throw new UsageException($"--pick {options.Pick}: expected a share above 0 and up to 1, such as 0.5 for the better half.");
        if (options.Scale is < 1 or > MostEnlarged)
            throw new UsageException($"--scale {options.Scale}: expected 1 to {MostEnlarged}.");
        if (options.Interpolate is < 2)
            throw new UsageException($"--interpolate {options.Interpolate}: a walk needs at least 2 latents.");
        var hasWalk = options.GifPath is not null || options.WebPPath is not null;
        if (options.Interpolate is null ? hasWalk : !hasWalk && options.Use is null)
            throw new UsageException("--interpolate N goes with --gif FILE or --webp FILE, and the other way round.");
        if (options is { Class: SampleOptions.EachClass, Pick: not null })
            throw new UsageException("--class all and --pick: the picked ones would not be a row a class. Ask for one class after the "
                + "other.");
        if (options is { SweepDimension: not null, Interpolate: not null })
            throw new UsageException("--sweep and --interpolate make different things: ask for one after the other.");
        if (options is { SweepDimension: not null, GridPath: not null, OutFolder: not null })
            throw new UsageException("--sweep N writes one grid: give it --grid FILE.png or --out DIR, not both.");
        if (options is { SweepDimension: < 0, OutFolder: null })
            throw new UsageException("--sweep all writes a grid for each number of the latent: give --out DIR.");
        if (options is { SweepDimension: not null, Use: not null })
            throw new UsageException("--sweep makes pictures to compare, no music: ask for one after the other.");
        if (options is { LatentsPath: not null, Class: SampleOptions.EachClass })
            throw new UsageException("--class all draws latents for each class; with --latents ask for one class, or for those in the "
                + "file.");
        if (options is { GridPath: null, OutFolder: null, Interpolate: null, Use: null, SaveLatentsPath: null })
            throw new UsageException("Nothing to write: give --grid FILE.png, --out DIR, --save-latents FILE, or --interpolate N with "
                + "--gif FILE.");
    }
}
