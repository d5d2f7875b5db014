using Smirk.Dataset.Annotations;
using Smirk.Dataset.Memory;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>Takes folders, files and archives into the workspace: stripped pictures as blobs, and a catalog row for every file seen.
/// Sources are only read.</summary>
/// <param name="workspace">Where to.</param>
public sealed class ImportStage(SmirkWorkspace workspace)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "import";

    // Enough to keep the cores busy between two catalog transactions, little enough that a kill loses a second of work.
    private const int BatchPerThread = 48;
    private const long BatchHeldBytes = 48_000_000;

    /// <summary>Refuses wrong sources, before there is a workspace.</summary>
    /// <exception cref="UsageException">No source was given.</exception>
    /// <exception cref="UnusableInputException">A source isn't there or is empty.</exception>
    public static void Check(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SourceList.Resolve(options.Sources);
    }

    /// <summary>Imports what is new in the sources.</summary>
    /// <exception cref="UsageException">No source was given.</exception>
    /// <exception cref="UnusableInputException">A source isn't there or is empty, or no picture is in any of them.</exception>
    public ImportResult Run(ImportOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sources = SourceList.Resolve(options.Sources);
        var threads = AllCores.Threads(options.Threads);
        var tally = new ImportTally(progress);

        // Take in, in batches: all cores decide, then one transaction writes the batch's rows in the order of the scan.
        var intake = new Intake(workspace, options, new MemoryBudget());
        var scans = new List<(ImportLedger Ledger, Source Source, SourceScan Scan)>();
        Take(Scan(sources, options, tally, scans, progress, cancel));

        // Read what was found beside pictures, and what turns out to be no caption and no label as any other file.
        foreach (var (ledger, source, scan) in scans.Where(s => s.Scan.Sides.Count > 0))
            Take(Annotate(ledger, source, scan, progress));
        var result = tally.Result();
        progress?.Report(new StageEnded(Name, result.Counts));
        if (result.Counts.Out == 0)
            throw new UnusableInputException($"No picture in {string.Join(", ", options.Sources)}: {Describe(result)}.");
        return result;

        void Take(IEnumerable<(ImportLedger Ledger, Found Found)> all)
        {
            foreach (var batch in Batches(all, threads * BatchPerThread, cancel))
            {
                var outcomes = new IntakeOutcome[batch.Count];
                AllCores.For(batch.Count, threads, cancel, i => outcomes[i] = intake.Take(batch[i].Found));
                workspace.Pictures.Flush();
                workspace.Catalog.InTransaction(() =>
                {
                    for (var i = 0; i < outcomes.Length; i++)
                        batch[i].Ledger.Write(outcomes[i]);
                });
            }

            workspace.Pictures.Flush();
        }
    }

    private List<(ImportLedger Ledger, Found Found)> Annotate(
        ImportLedger ledger, Source source, SourceScan scan, IProgress<StageProgress>? progress)
    {
        var files = workspace.Catalog.Files.OfSource(source.Id).Where(f => f.PictureId is not null).ToList();
        var unused = new List<(ImportLedger, Found)>();
        var notes = new AnnotationReader([.. files.Select(f => f.Path)]).Read(
            scan.Sides,
            side => unused.Add((ledger, scan.AsFile(side))),
            (side, why) => progress?.Report(new StageWarned(Name, SourcePaths.Full(source, side.Path), $"can't be read: {why}")));
        var (pictures, boxes) = new AnnotationLedger(workspace.Catalog).Write(files, notes);
        if (pictures > 0)
            progress?.Report(new StageSaid(Name, $"{Counted.Of(pictures, "picture")} came with captions, labels or other words"
                + $"{(boxes > 0 ? $", and {Counted.Of(boxes, "box").Replace("boxs", "boxes", StringComparison.Ordinal)}" : "")}"));
        return unused;
    }

    // Source by source: thousands of pictures may be named one by one.
    private IEnumerable<(ImportLedger Ledger, Found Found)> Scan(
        IReadOnlyList<NamedSource> sources, ImportOptions options, ImportTally tally,
        List<(ImportLedger Ledger, Source Source, SourceScan Scan)> scans, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var blobs = workspace.Catalog.Pictures.All().ToDictionary(p => p.Id, p => p.Sha256);
        foreach (var named in sources)
        {
            var source = workspace.Catalog.Sources.GetOrAdd(named.Kind, named.Path);

            // A power cut may have taken a blob whose row was already on the disk; its file is then as good as new.
            var known = workspace.Catalog.Files.OfSource(source.Id)
                .Where(f => f.PictureId is not { } id || (blobs.TryGetValue(id, out var blob) && workspace.Pictures.Contains(blob)));
            var scan = new SourceScan(named, known, options, tally.Do, progress, cancel);
            tally.Expect(scan.CountFiles());
            var ledger = new ImportLedger(workspace.Catalog, source, tally);
            scans.Add((ledger, source, scan));
            foreach (var found in scan.Run())
                yield return (ledger, found);
        }
    }

    private static string Describe(ImportResult result) => result.Counts.In == 0
        ? "there is no file in it"
        : $"{Counted.Of(result.Counts.In, "file")}, none of them usable "
            + $"({string.Join(", ", result.Counts.Left.Select(p => $"{p.Value} {p.Key}"))})";

    private static IEnumerable<IReadOnlyList<(ImportLedger Ledger, Found Found)>> Batches(
        IEnumerable<(ImportLedger Ledger, Found Found)> all, int most, CancellationToken cancel)
    {
        var batch = new List<(ImportLedger Ledger, Found Found)>();
        long held = 0;
        foreach (var found in all)
        {
            cancel.ThrowIfCancellationRequested();
            batch.Add(found);
            held += found.Found is FoundNew file ? file.Held : 0;
            if (batch.Count < most && held < BatchHeldBytes)
                continue;
            yield return batch;
            (batch, held) = ([], 0);
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
