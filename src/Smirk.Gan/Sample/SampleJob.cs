using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>One run of <see cref="SampleStage"/>: what its pictures are made of, and each thing that can be made of them.</summary>
internal sealed class SampleJob
{
    private const int SweepColumns = 9;
    private const double SweepReach = 2;
    private const int MostSwept = 16;
    private const int FrameMilliseconds = 60;

    private readonly SampleOptions _options;
    private readonly RecipePlan _plan;
    private readonly GeneratorNetwork _generator;
    private readonly Device _device;
    private readonly SampleEncoders _encoders;
    private readonly CancellationToken _cancel;
    private readonly StageSteps _steps;

    // What each picture is made of, and its number among all that were drawn or given.
    private readonly LatentBatch _latents;
    private readonly IReadOnlyList<int> _numbers;
    private readonly int _count;

    public SampleJob(
        SampleOptions options,
        RecipePlan plan,
        GeneratorNetwork generator,
        Device device,
        SampleEncoders encoders,
        IProgress<StageProgress> progress,
        CancellationToken cancel)
    {
        (_options, _plan, _generator, _device, _encoders, _cancel) = (options, plan, generator, device, encoders, cancel);
        _steps = new StageSteps(SampleStage.Name, progress, cancel);
        var given = options.LatentsPath is { } file ? LatentBatch.Of(LatentFile.Read(file), plan, generator.Levels, file) : null;
        _count = CountOf(given);
        if (IsEachClass)
            progress.Report(new StageSaid(SampleStage.Name, $"a row a class, from the top: {string.Join(", ", plan.Classes)}"));
        var count = Math.Max(_count, options.Interpolate ?? 0);
        var candidates = options.Pick is { } share ? (int)Math.Ceiling(count / share) : count;
        if (given?.Count < candidates)
            throw new UsageException($"{options.LatentsPath} holds {Counted.Of(given.Count, "latent")}, and {candidates} are needed for "
                + $"{(options.Interpolate > given.Count ? $"--interpolate {options.Interpolate}" : $"-n {_count}")}. Ask for fewer.");
        _latents = given?.Narrow(0, candidates).Times(options.Truncation)
            ?? new LatentBatch(Sample.Latents.Draw(plan, candidates, options.Seed, options.Truncation), null, null);
        _latents = _latents with { Classes = Classes(candidates) };
        _numbers = [.. Enumerable.Range(0, count)];
        if (options.Pick is null)
            return;
        Picked = Pick.Of(options.Snapshot, plan, generator, _latents, device, count, _steps);
        _numbers = Picked.Chosen;
        _latents = _latents.Pick(_numbers);
    }

    /// <summary>What was picked; null where all pictures were kept.</summary>
    public Pick? Picked { get; }

    private bool IsEachClass =>
        _options.Class == SampleOptions.EachClass && _plan.Classes.Count > 0 && !_plan.Classes.Contains(SampleOptions.EachClass);

    private int RowOfClass => Math.Max(1, (_options.Count ?? SampleOptions.UsualCount) / _plan.Classes.Count);

    private bool IsOnSphere => _plan.Recipe != "dcgan";

    private string FileName => _options.LatentsPath is null ? $"seed{_options.Seed}" : "latents";

    public string Latents(string path)
    {
        LatentFile.Write(path, _latents.Narrow(0, _count).ToCodes());
        return path;
    }

    public string Grid(string path)
    {
        WriteGrid(path, _latents.Narrow(0, _count), IsEachClass ? _count / _plan.Classes.Count : Sample.Grid.ColumnsFor(_count));
        return path;
    }

    public IEnumerable<string> Singles(string folder, IProgress<StageProgress> progress)
    {
        OutputFolder.Make(folder);
        var digits = Math.Max(4, _numbers.Max().ToString().Length);
        for (var i = 0; i < _count; i++)
        {
            _cancel.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, $"{FileName}-{_numbers[i].ToString().PadLeft(digits, '0')}.png");
            WriteGrid(path, _latents.Narrow(i, 1), 1);
            progress.Report(new StageAdvanced(SampleStage.Name, i + 1, _count, "pictures"));
            yield return path;
        }
    }

    public IEnumerable<string> Sweep(int dimension, IProgress<StageProgress> progress)
    {
        if (dimension < -1 || dimension >= _plan.LatentSize)
            throw new UsageException(
                $"--sweep {dimension}: this generator's latents have the numbers 0 to {_plan.LatentSize - 1}; 'all' sweeps each.");
        var rows = _latents.Narrow(0, Math.Min(_count, MostSwept));
        if (_options.GridPath is null)
            OutputFolder.Make(_options.OutFolder!);
        int[] dimensions = dimension < 0 ? [.. Enumerable.Range(0, _plan.LatentSize)] : [dimension];
        foreach (var (number, d) in dimensions.Index())
        {
            _cancel.ThrowIfCancellationRequested();
            var path = _options.GridPath ?? Path.Combine(_options.OutFolder!, $"sweep-{d:000}.png");
            WriteGrid(path, rows.Sweep(d, SweepColumns, SweepReach), SweepColumns);
            progress.Report(new StageAdvanced(SampleStage.Name, number + 1, dimensions.Length, "sweeps"));
            yield return path;
        }
    }

    /// <summary>The pictures, or the walk's steps.</summary>
    public SampledPictures Sampled()
    {
        using var scope = TensorScope.Open();
        var isWalk = _options.Interpolate is not null;
        var latents = _options.Interpolate is { } stops ? _latents.Narrow(0, stops).Walk(_options.StepsOfUse, IsOnSphere)
            : _latents.Narrow(0, _count);
        var pictures = latents.Pictures(_generator, _device, _steps);
        var numbers = isWalk ? Enumerable.Range(0, latents.Count).ToArray() : [.. _numbers.Take(latents.Count)];
        return new SampledPictures(
            pictures.ToArray<byte>(), (int)pictures.Shape[1], (int)pictures.Shape[2], FileName, numbers, latents.NearestOrder(), isWalk,
            PackPlace.Find(_plan.Pack, Snapshot.RunOf(_options.Snapshot)));
    }

    public IEnumerable<string> Walk(int stops)
    {
        var frames = Frames(_latents.Narrow(0, stops).Walk(_options.FramesPerStep, IsOnSphere));
        foreach (var (path, encode) in new[] { (_options.GifPath, _encoders.Gif), (_options.WebPPath, _encoders.WebP) })
        {
            if (path is null)
                continue;
            AtomicFile.Write(path, encode(frames[0].Width, frames[0].Height, [.. frames.Select(frame => frame.Rgb)], FrameMilliseconds));
            yield return path;
        }
    }

    private List<Sample.Grid> Frames(LatentBatch walk)
    {
        using var scope = TensorScope.Open();
        var pictures = walk.Pictures(_generator, _device, _steps);
        return
        [
            .. Enumerable.Range(0, walk.Count)
                .Select(i => _plan.View.Of(pictures.Narrow(0, i, 1), _options.Scale))
                .Select(frame => Sample.Grid.Of(frame, 1)),
        ];
    }

    private void WriteGrid(string path, LatentBatch latents, int columns)
    {
        using var scope = TensorScope.Open();
        var pictures = latents.Pictures(_generator, _device, _steps);
        var grid = Sample.Grid.Of(_plan.View.Of(pictures, _options.Scale), columns);
        AtomicFile.Write(path, _encoders.Png(grid.Width, grid.Height, grid.Rgb));
    }

    private int CountOf(LatentBatch? given)
    {
        if (given is not null && _options.Count is null)
            return Math.Max(1, (int)(given.Count * (_options.Pick ?? 1)));

        // Of each class a row, all of one length.
        return IsEachClass ? RowOfClass * _plan.Classes.Count : _options.Count ?? SampleOptions.UsualCount;
    }

    // A class that was asked for counts more than the one that came with a latent.
    private long[]? Classes(int count)
    {
        if (_plan.Classes.Count == 0)
            return _options.Class is null
                ? null
                : throw new UsageException("--class: this generator was trained without labels. Train with --labels folder.");
        if (_options.Class is null)
            return _latents.Classes ?? _plan.ClassesInTurn(count);
        if (IsEachClass)
            return [.. Enumerable.Range(0, count).Select(i => (long)Math.Min(i / RowOfClass, _plan.Classes.Count - 1))];
        var wanted = _plan.Classes.ToList().IndexOf(_options.Class);
        if (wanted < 0)
            throw new UsageException($"--class {_options.Class}: this generator knows {string.Join(", ", _plan.Classes)}.");
        return [.. Enumerable.Repeat((long)wanted, count)];
    }
}
