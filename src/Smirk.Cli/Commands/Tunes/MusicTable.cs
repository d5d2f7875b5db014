using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Sample;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Music.Measures;
using Smirk.Music.Rolls;
using Smirk.Workspace.Packs;

namespace Smirk.Cli.Commands.Tunes;

/// <summary>Measures of music for a generator that learnt tunes: samples beside the corpus, beside pixels drawn independently and beside
/// bars of different windows joined.</summary>
internal static class MusicTable
{
    private const int MostBaselines = 1000;

    /// <summary>The measures by name; empty for a generator of pictures, or where its pack is gone.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyDictionary<string, double> Measure(EvaluateOptions options, Screen screen, CancellationToken cancel)
    {
        var plan = Snapshot.ReadPlan(options.Snapshot!);
        var folder = PackPlace.Find(plan.Pack, Snapshot.RunOf(options.Snapshot!));
        if (RollShape.OfSize(plan.Size) is not { } shape || !PackFolder.Exists(folder))
            return new Dictionary<string, double>();
        using var reader = PackReader.Open(folder);
        if (!reader.Rows.All(row => RollWindow.Read(row.File ?? "")?.Cut.Shape == shape))
            return new Dictionary<string, double>();

        var corpus = RollsOf(reader, shape, cancel);
        var split = HeldOutSplit.Of(reader.Rows, plan.HeldOut, plan.Seed);
        List<Roll> training = [.. split.Training.Select(row => corpus[row])], heldOut = [.. split.HeldOut.Select(row => corpus[row])];
        var samples = Samples(options, shape, screen, cancel);
        (string Name, RollMeasures Of)[] columns =
        [
            ("samples", RollMeasures.Of(samples)),
            ("corpus", RollMeasures.Of(corpus)),
            ("pixels", RollMeasures.Of(Baselines.IndependentPixels(training, Math.Min(MostBaselines, samples.Count), new Random(0)))),
            ("joined", RollMeasures.Of(Baselines.JoinedBars(training, Math.Min(MostBaselines, samples.Count), new Random(0)))),
        ];
        var measured = new Dictionary<string, double>();
        screen.Say($"{"music",-20}{string.Concat(columns.Select(column => $"{column.Name,10}"))}  samples should be");
        foreach (var (name, of, band) in Rows)
        {
            var values = string.Concat(columns.Select(column => $"{of(column.Of),10:0.000}"));
            screen.Say($"{name.Replace('_', ' '),-20}{values}{Judge(of(columns[0].Of), band?.Invoke(columns[1].Of, columns[3].Of))}");
            foreach (var column in columns)
                measured[$"music_{name}_{column.Name}"] = of(column.Of);
        }

        var (copied, usual) = (Copies.ShareOf(samples, training), Copies.ShareOf(heldOut, training));
        (measured["music_copies_samples"], measured["music_copies_held_out"]) = (copied, usual);
        screen.Say(FormattableString.Invariant(
            $"exact copies of training windows in any key: {copied * 100:0.0} % of samples, {usual * 100:0.0} % of held-out windows"));
        return measured;
    }

    // Of the others nobody knows how near is near.
    private static readonly (string Name, Func<RollMeasures, double> Of, Func<RollMeasures, RollMeasures, Band>? Band)[] Rows =
    [
        ("qualified_notes", m => m.Qualified, (_, _) => Band.Qualified),
        ("notes", m => m.Notes, (corpus, _) => Band.Notes(corpus)),
        ("polyphony", m => m.Polyphony, (corpus, _) => Band.Polyphony(corpus)),
        ("pitch_class_entropy", m => m.PitchClassEntropy, (corpus, _) => Band.PitchClassEntropy(corpus)),
        ("scale_consistency", m => m.ScaleConsistency, Band.ScaleConsistency),
        ("groove", m => m.Groove, null),
        ("empty_bars", m => m.EmptyBars, null),
        ("on_eighths", m => m.OnEighths, null),
        ("silent_windows", m => m.Silent, (corpus, _) => Band.Silent(corpus)),
    ];

    private static string Judge(double value, Band? band)
    {
        if (band is not { } where)
            return "";
        var verdict = where.Of(value) is "in" ? "" : $": too {where.Of(value)}";
        return FormattableString.Invariant($"  {where.Low:0.000} to {where.High:0.000}{verdict}");
    }

    private static List<Roll> RollsOf(PackReader reader, RollShape shape, CancellationToken cancel)
    {
        var rolls = new List<Roll>(reader.Count);
        reader.Read((_, pixels) => Add(rolls, pixels, reader.Channels, shape), cancel);
        return rolls;
    }

    private static List<Roll> Samples(EvaluateOptions options, RollShape shape, Screen screen, CancellationToken cancel)
    {
        var rolls = new List<Roll>(options.Count);
        var sampling = new SampleOptions
        {
            Snapshot = options.Snapshot!,
            Count = options.Count,
            Seed = options.Seed,
            Average = options.Average,
            Device = options.Device,
            Use = sampled =>
            {
                Add(rolls, sampled.Planes, sampled.Channels, shape);
                return [];
            },
        };
        new SampleStage(Encoders.Sample).Run(sampling, screen, cancel);
        return rolls;
    }

    private static void Add(List<Roll> rolls, ReadOnlySpan<byte> planes, int channels, RollShape shape)
    {
        var length = channels * shape.Size * shape.Size;
        for (var at = 0; at < planes.Length; at += length)
            rolls.Add(RollPixels.FromPlanes(planes.Slice(at, length), shape));
    }
}
