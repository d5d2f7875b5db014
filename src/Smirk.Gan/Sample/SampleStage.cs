using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>Makes pictures with a snapshot: a grid, single files, sweeps of one number of the latent, walks between latents.</summary>
/// <param name="encoders">Write pictures and animations.</param>
public sealed class SampleStage(SampleEncoders encoders)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "sample";

    private const int SweepColumns = 9;
    private const double SweepReach = 2;
    private const int FrameMilliseconds = 60;

    /// <summary>Makes what <paramref name="options"/> ask for.</summary>
    /// <param name="options">What to make; at least one of its paths must be set.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="UsageException">An option is wrong or doesn't fit the generator.</exception>
    /// <exception cref="UnusableInputException">The snapshot is damaged.</exception>
    public SampleResult Run(SampleOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        Check(options);
        using var scope = TensorScope.Open();
        var device = Device.Parse(options.Device);
        var (plan, counters, generator) = Snapshot.LoadGenerator(options.Snapshot, options.Average, device);
        using (generator)
        {
            var job = new Job(options, plan, generator, device, encoders, cancel);
            var files = new List<string>();
            if (options.SweepDimension is { } dimension)
                files.AddRange(job.Sweep(dimension, progress));
            else if (options.GridPath is { } gridPath)
                files.Add(job.Grid(gridPath));
            if (options.OutFolder is { } folder && options.SweepDimension is null)
                files.AddRange(job.Singles(folder, progress));
            if (options.Interpolate is { } stops)
                files.AddRange(job.Walk(stops));
            return new SampleResult(options.Snapshot, counters.Kimg, files);
        }
    }

    private static void Check(SampleOptions options)
    {
        if (options.Count < 1)
            throw new UsageException($"-n {options.Count}: expected at least 1 picture.");
        if (options.Truncation is < 0 or > 2)
            throw new UsageException($"--truncation {options.Truncation}: expected 0 to 2; 1 is the generator's whole variety.");
        if (options.Interpolate is < 2)
            throw new UsageException($"--interpolate {options.Interpolate}: a walk needs at least 2 latents.");
        if (options.Interpolate is null != (options.GifPath is null && options.WebPPath is null))
            throw new UsageException("--interpolate N goes with --gif FILE or --webp FILE, and the other way round.");
        if (options is { SweepDimension: not null, Interpolate: not null })
            throw new UsageException("--sweep and --interpolate make different things: ask for one after the other.");
        if (options is { SweepDimension: not null, GridPath: not null, OutFolder: not null })
            throw new UsageException("--sweep N writes one grid: give it --grid FILE.png or --out DIR, not both.");
        if (options is { SweepDimension: < 0, OutFolder: null })
            throw new UsageException("--sweep all writes a grid for each number of the latent: give --out DIR.");
        if (options is { GridPath: null, OutFolder: null, Interpolate: null })
            throw new UsageException("Nothing to write: give --grid FILE.png, --out DIR, or --interpolate N with --gif FILE.");
    }

    private sealed class Job(
        SampleOptions options, RecipePlan plan, GeneratorNetwork generator, Device device, SampleEncoders encoders,
            CancellationToken cancel)
    {
        private Tensor Drawn { get; } =
            Latents.Draw(plan, Math.Max(options.Count, options.Interpolate ?? 0), options.Seed, options.Truncation);

        public string Grid(string path)
        {
            WriteGrid(path, Drawn, Classes(options.Count), Sample.Grid.ColumnsFor(options.Count));
            return path;
        }

        public IEnumerable<string> Singles(string folder, IProgress<StageProgress> progress)
        {
            Directory.CreateDirectory(folder);
            var digits = Math.Max(4, (options.Count - 1).ToString().Length);
            var classes = Classes(options.Count);
            for (var i = 0; i < options.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                var path = Path.Combine(folder, $"seed{options.Seed}-{i.ToString().PadLeft(digits, '0')}.png");
                WriteGrid(path, Drawn.Narrow(0, i, 1), classes is null ? null : [classes[i]], 1);
                progress.Report(new StageAdvanced(Name, i + 1, options.Count, "pictures"));
                yield return path;
            }
        }

        public IEnumerable<string> Sweep(int dimension, IProgress<StageProgress> progress)
        {
            if (dimension < -1 || dimension >= plan.LatentSize)
                throw new UsageException(
                    $"--sweep {dimension}: this generator's latents have the numbers 0 to {plan.LatentSize - 1}; 'all' sweeps each.");
            var rows = Math.Min(options.Count, 16);
            var classes = Classes(rows)?.SelectMany(c => Enumerable.Repeat(c, SweepColumns)).ToArray();
            int[] dimensions = dimension < 0 ? [.. Enumerable.Range(0, plan.LatentSize)] : [dimension];
            foreach (var (number, d) in dimensions.Index())
            {
                cancel.ThrowIfCancellationRequested();
                var path = options.GridPath ?? Path.Combine(Directory.CreateDirectory(options.OutFolder!).FullName, $"sweep-{d:000}.png");
                WriteGrid(path, Latents.Sweep(Drawn.Narrow(0, 0, rows), d, SweepColumns, SweepReach), classes, SweepColumns);
                progress.Report(new StageAdvanced(Name, number + 1, dimensions.Length, "sweeps"));
                yield return path;
            }
        }

        public IEnumerable<string> Walk(int stops)
        {
            var frames = Frames(Latents.Walk(Drawn.Narrow(0, 0, stops), options.FramesPerStep, onSphere: plan.Recipe != "dcgan"));
            foreach (var (path, encode) in new[] { (options.GifPath, encoders.Gif), (options.WebPPath, encoders.WebP) })
            {
                if (path is null)
                    continue;
                AtomicFile.Write(path, encode(plan.Size, plan.Size, frames, FrameMilliseconds));
                yield return path;
            }
        }

        private List<byte[]> Frames(Tensor walk)
        {
            using var scope = TensorScope.Open();
            var classes = Classes(1);
            var pictures = Sampler.Pictures(generator, walk.To(device), classes is null ? null
                : [.. Enumerable.Repeat(classes[0], (int)walk.Shape[0])]);
            return [.. Enumerable.Range(0, (int)pictures.Shape[0]).Select(i => Sample.Grid.Of(pictures.Narrow(0, i, 1), 1).Rgb)];
        }

        private void WriteGrid(string path, Tensor latents, long[]? classes, int columns)
        {
            using var scope = TensorScope.Open();
            var pictures = Sampler.Pictures(generator, latents.To(device), classes);
            var grid = Sample.Grid.Of(pictures, columns);
            AtomicFile.Write(path, encoders.Png(grid.Width, grid.Height, grid.Rgb));
        }

        private long[]? Classes(int count)
        {
            if (plan.Classes.Count == 0)
                return options.Class is null ? null
                    : throw new UsageException("--class: this generator was trained without labels. Train with --labels folder.");
            if (options.Class is null)
                return plan.ClassesInTurn(count);
            var wanted = plan.Classes.ToList().IndexOf(options.Class);
            if (wanted < 0)
                throw new UsageException($"--class {options.Class}: this generator knows {string.Join(", ", plan.Classes)}.");
            return [.. Enumerable.Repeat((long)wanted, count)];
        }
    }
}
