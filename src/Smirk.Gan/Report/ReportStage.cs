using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Log;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Report;

/// <summary>Looks at a finished run from every side and writes report.html: one page that needs nothing beside it.</summary>
/// <param name="png">Encodes pictures.</param>
public sealed class ReportStage(PictureEncoder png)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "report";

    private const int Samples = 512;
    private const int Closest = 16;
    private const int Extremes = 16;

    // More would make the page heavy and show nothing new.
    private const int GridsThroughTime = 8;

    /// <summary>Writes the report of a run.</summary>
    /// <param name="options">Which run, and what else belongs into it.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancel">Stops; an earlier page stays as it is.</param>
    /// <exception cref="UnusableInputException">The run's options are damaged.</exception>
    public ReportResult Run(ReportOptions options, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var run = options.Run;
        progress.Report(new StageAdvanced(Name, 0, null, "pages",
            "making samples, and looking for the training pictures that they are most like"));
        using var noGradient = Autograd.NoGradient();
        using var scope = TensorScope.Open();
        var plan = RecipePlan.Read(run.OptionsPath);
        var best = new SnapshotFolder(run).Best();
        var (_, counters, generator) = Snapshot.LoadGenerator(best, average: true, Device.Cpu);
        using (generator)
        {
            var steps = new StageSteps(Name, progress, cancel);
            var pictures = Sampler.Pictures(generator, Latents.Draw(plan, Samples, 0, 1), plan.ClassesInTurn(Samples), steps);
            steps.Next("asking D which of them look real");
            var (most, least) = ByDiscriminator(best, plan, pictures, Png);
            var content = new ReportContent
            {
                Options = options,
                Run = run,
                Plan = plan,
                Log = LogLine.ReadAll(run.LogPath),
                BestKimg = counters.Kimg,
                BestGrid = Png(pictures.Narrow(0, 0, 64), 8),
                Grids = GridsOf(run),
                Closest = FindClosest(plan, pictures, steps),
                MostReal = most,
                LeastReal = least,
                Pile = PileRecord.Of(options, run),
            };
            cancel.ThrowIfCancellationRequested();
            AtomicFile.Write(run.ReportPath, ReportPage.Write(content));
            return new ReportResult(run.ReportPath);
        }

        byte[] Png(Tensor rows, int columns)
        {
            using var part = TensorScope.Open();
            var grid = Grid.Of(plan.View.Of(rows), columns);
            return png(grid.Width, grid.Height, grid.Rgb);
        }

        IReadOnlyList<ClosestPair> FindClosest(RecipePlan from, Tensor made, StageSteps told)
        {
            var folder = PackPlace.Find(from.Pack, run.Path);
            if (!Directory.Exists(folder))
                return [];
            using var pack = from.OpenPack(folder, cancel);
            var split = HeldOutSplit.Of(pack.Rows, from.HeldOut, from.Seed);
            var training = pack.Of(split.Training);
            return [.. Copying.Nearest(training, made, told)
                .Select((nearest, sample) => (Nearest: nearest, Sample: sample))
                .OrderBy(pair => pair.Nearest.Distance)
                .Take(Closest)
                .Select(pair => Pair(pair.Sample, pair.Nearest.Row, pair.Nearest.Mirrored, pack.Rows[split.Training[pair.Nearest.Row]]))];

            ClosestPair Pair(int sample, int row, bool mirrored, PackRow source)
            {
                var real = training.Take(row, 1);
                return new ClosestPair(
                    Png(made.Narrow(0, sample, 1), 1), Png(mirrored ? real.Flip(3) : real, 1), source.File ?? source.Picture, mirrored);
            }
        }
    }

    private static IReadOnlyList<(string Name, byte[] Png)> GridsOf(RunFolder run)
    {
        var all = RunLog.Grids(run);
        var wanted = Math.Min(GridsThroughTime, all.Count);
        return [.. Enumerable.Range(0, wanted).Select(i => all[wanted == 1 ? all.Count - 1 : i * (all.Count - 1) / (wanted - 1)])
            .Select(grid => ($"{grid.Kimg:0.#} kimg", File.ReadAllBytes(grid.Path)))];
    }

    // The samples that D takes for real most and least readily.
    private static (byte[] Most, byte[] Least) ByDiscriminator(
        string snapshot, RecipePlan plan, Tensor pictures, Func<Tensor, int, byte[]> png)
    {
        using var discriminator = Snapshot.LoadDiscriminator(snapshot);
        var logits = Realness.Of(discriminator, plan, pictures, plan.ClassesInTurn(Samples));
        long[] order = [.. Enumerable.Range(0, Samples).OrderByDescending(i => logits[i]).Select(i => (long)i)];
        return (png(pictures.IndexSelect(0, Tensor.FromArray(order[..Extremes])), 8),
            png(pictures.IndexSelect(0, Tensor.FromArray(order[^Extremes..])), 8));
    }
}
