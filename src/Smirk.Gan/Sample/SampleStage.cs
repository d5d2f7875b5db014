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
    private const int MostEnlarged = 8;

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
            var job = new Job(options, plan, generator, device, encoders, progress, cancel);
            var files = new List<string>();
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
        if (options is { GridPath: null, OutFolder: null, Interpolate: null, Use: null })
            throw new UsageException("Nothing to write: give --grid FILE.png, --out DIR, or --interpolate N with --gif FILE.");
    }

    private sealed class Job
    {
        private readonly SampleOptions _options;
        private readonly RecipePlan _plan;
        private readonly GeneratorNetwork _generator;
        private readonly Device _device;
        private readonly SampleEncoders _encoders;
        private readonly CancellationToken _cancel;
        private readonly StageSteps _steps;

        // What each picture is made of, and its number among all that were drawn.
        private readonly Tensor _drawn;
        private readonly long[]? _classes;
        private readonly IReadOnlyList<int> _numbers;

        public Job(
            SampleOptions options,
            RecipePlan plan,
            GeneratorNetwork generator,
            Device device,
            SampleEncoders encoders,
            IProgress<StageProgress> progress,
            CancellationToken cancel)
        {
            if (IsEachClass(options, plan))
            {
                // A row a class, all of one length.
                options = options with { Count = RowOf(options, plan) * plan.Classes.Count };
                progress.Report(new StageSaid(Name, $"a row a class, from the top: {string.Join(", ", plan.Classes)}"));
            }

            (_options, _plan, _generator, _device, _encoders, _cancel) = (options, plan, generator, device, encoders, cancel);
            _steps = new StageSteps(Name, progress, cancel);
            var count = Math.Max(options.Count, options.Interpolate ?? 0);
            var candidates = options.Pick is { } share ? (int)Math.Ceiling(count / share) : count;
            _drawn = Latents.Draw(plan, candidates, options.Seed, options.Truncation);
            _classes = Classes(candidates);
            _numbers = [.. Enumerable.Range(0, count)];
            if (options.Pick is null)
                return;
            Picked = Pick.Of(options.Snapshot, plan, generator, _drawn.To(device), _classes, count, _steps);
            _numbers = Picked.Chosen;
            _drawn = _drawn.IndexSelect(0, Tensor.FromArray([.. _numbers.Select(number => (long)number)]));
            _classes = _classes is null ? null : [.. _numbers.Select(number => _classes[number])];
        }

        /// <summary>What was picked; null where all pictures were kept.</summary>
        public Pick? Picked { get; }

        public string Grid(string path)
        {
            WriteGrid(path, _drawn.Narrow(0, 0, _options.Count), _classes?[.._options.Count],
                IsEachClass(_options, _plan) ? _options.Count / _plan.Classes.Count : Sample.Grid.ColumnsFor(_options.Count));
            return path;
        }

        public IEnumerable<string> Singles(string folder, IProgress<StageProgress> progress)
        {
            OutputFolder.Make(folder);
            var digits = Math.Max(4, _numbers.Max().ToString().Length);
            for (var i = 0; i < _options.Count; i++)
            {
                _cancel.ThrowIfCancellationRequested();
                var path = Path.Combine(folder, $"seed{_options.Seed}-{_numbers[i].ToString().PadLeft(digits, '0')}.png");
                WriteGrid(path, _drawn.Narrow(0, i, 1), _classes?[i..(i + 1)], 1);
                progress.Report(new StageAdvanced(Name, i + 1, _options.Count, "pictures"));
                yield return path;
            }
        }

        public IEnumerable<string> Sweep(int dimension, IProgress<StageProgress> progress)
        {
            if (dimension < -1 || dimension >= _plan.LatentSize)
                throw new UsageException(
                    $"--sweep {dimension}: this generator's latents have the numbers 0 to {_plan.LatentSize - 1}; 'all' sweeps each.");
            var rows = Math.Min(_options.Count, 16);
            var classes = _classes?[..rows].SelectMany(c => Enumerable.Repeat(c, SweepColumns)).ToArray();
            if (_options.GridPath is null)
                OutputFolder.Make(_options.OutFolder!);
            int[] dimensions = dimension < 0 ? [.. Enumerable.Range(0, _plan.LatentSize)] : [dimension];
            foreach (var (number, d) in dimensions.Index())
            {
                _cancel.ThrowIfCancellationRequested();
                var path = _options.GridPath ?? Path.Combine(_options.OutFolder!, $"sweep-{d:000}.png");
                WriteGrid(path, Latents.Sweep(_drawn.Narrow(0, 0, rows), d, SweepColumns, SweepReach), classes, SweepColumns);
                progress.Report(new StageAdvanced(Name, number + 1, dimensions.Length, "sweeps"));
                yield return path;
            }
        }

        /// <summary>The pictures, or the walk's steps.</summary>
        public SampledPictures Sampled()
        {
            using var scope = TensorScope.Open();
            var latents = _options.Interpolate is { } stops
                ? Latents.Walk(_drawn.Narrow(0, 0, stops), _options.StepsOfUse, onSphere: _plan.Recipe != "dcgan")
                : _drawn.Narrow(0, 0, _options.Count);
            var count = (int)latents.Shape[0];
            long[]? classes = _options.Interpolate is null ? _classes?[..count]
                : _classes is null ? null : [.. Enumerable.Repeat(_classes[0], count)];
            var pictures = Sampler.Pictures(_generator, latents.To(_device), classes, _steps);
            var numbers = _options.Interpolate is null ? [.. _numbers.Take(count)] : Enumerable.Range(0, count).ToArray();
            return new SampledPictures(
                pictures.ToArray<byte>(), (int)pictures.Shape[1], (int)pictures.Shape[2], numbers, Latents.NearestOrder(latents),
                _options.Interpolate is not null, PackPlace.Find(_plan.Pack, Snapshot.RunOf(_options.Snapshot)));
        }

        public IEnumerable<string> Walk(int stops)
        {
            var frames = Frames(Latents.Walk(_drawn.Narrow(0, 0, stops), _options.FramesPerStep, onSphere: _plan.Recipe != "dcgan"));
            foreach (var (path, encode) in new[] { (_options.GifPath, _encoders.Gif), (_options.WebPPath, _encoders.WebP) })
            {
                if (path is null)
                    continue;
                AtomicFile.Write(path, encode(_plan.Size * _options.Scale, _plan.Size * _options.Scale, frames, FrameMilliseconds));
                yield return path;
            }
        }

        private List<byte[]> Frames(Tensor walk)
        {
            using var scope = TensorScope.Open();
            var count = (int)walk.Shape[0];
            long[]? classes = _classes is null ? null : [.. Enumerable.Repeat(_classes[0], count)];
            var pictures = Sampler.Pictures(_generator, walk.To(_device), classes, _steps);
            return
            [
                .. Enumerable.Range(0, count)
                    .Select(i => Enlargement.Of(pictures.Narrow(0, i, 1), _options.Scale))
                    .Select(frame => Sample.Grid.Of(frame, 1).Rgb),
            ];
        }

        private void WriteGrid(string path, Tensor latents, long[]? classes, int columns)
        {
            using var scope = TensorScope.Open();
            var pictures = Sampler.Pictures(_generator, latents.To(_device), classes, _steps);
            var grid = Sample.Grid.Of(Enlargement.Of(pictures, _options.Scale), columns);
            AtomicFile.Write(path, _encoders.Png(grid.Width, grid.Height, grid.Rgb));
        }

        private static bool IsEachClass(SampleOptions options, RecipePlan plan) =>
            options.Class == SampleOptions.EachClass && plan.Classes.Count > 0 && !plan.Classes.Contains(SampleOptions.EachClass);

        private static int RowOf(SampleOptions options, RecipePlan plan) => Math.Max(1, options.Count / plan.Classes.Count);

        private long[]? Classes(int count)
        {
            if (_plan.Classes.Count == 0)
                return _options.Class is null
                    ? null
                    : throw new UsageException("--class: this generator was trained without labels. Train with --labels folder.");
            if (_options.Class is null)
                return _plan.ClassesInTurn(count);
            if (IsEachClass(_options, _plan))
                return [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(i / RowOf(_options, _plan), _plan.Classes.Count - 1))];
            var wanted = _plan.Classes.ToList().IndexOf(_options.Class);
            if (wanted < 0)
                throw new UsageException($"--class {_options.Class}: this generator knows {string.Join(", ", _plan.Classes)}.");
            return [.. Enumerable.Repeat((long)wanted, count)];
        }
    }
}
