using Smirk.Dataset.Annotations;
using Smirk.Dataset.Damage;
using Smirk.Dataset.Memory;
using Smirk.Music.Rolls;
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

    // Files that a sentence names; the report and --json name all.
    private const int MostNames = 3;

    /// <summary>Refuses wrong sources, before there is a workspace.</summary>
    /// <exception cref="UsageException">No source was given.</exception>
    /// <exception cref="UnusableInputException">A source isn't there or is empty.</exception>
    public static void Check(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SourceList.Resolve(options.Sources);
    }

    /// <summary>Imports what is new in the sources.</summary>
    /// <exception cref="UsageException">No source was given, or tunes are to be cut into other rolls than the workspace has.</exception>
    /// <exception cref="UnusableInputException">A source isn't there or is empty, or no picture is in any of them.</exception>
    public ImportResult Run(ImportOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sources = SourceList.Resolve(options.Sources);
        var rolls = WorkspaceRolls.Choose(workspace, options.Rolls, options.RollsInC);
        var threads = AllCores.Threads(options.Threads);
        var tally = new ImportTally(progress);

        // Take in, in batches: all cores decide, then one transaction writes the batch's rows in the order of the scan.
        var intake = new Intake(workspace, options, new MemoryBudget());
        var scans = new List<SourceRun>();
        Take(Scan(sources, options, rolls, tally, scans, progress, cancel));

        // Read what was found beside pictures, and what turns out to be no caption and no label as any other file.
        foreach (var run in scans.Where(s => s.Scan.Sides.Count > 0))
            Take(Annotate(run, progress));
        var doubtful = new DamageDoubts(workspace.Catalog).Decide(tally.Doubts, options.DropDamaged);
        var result = WithGone(tally.Result(), [.. scans.SelectMany(s => s.Left.Gone(s.Scan.LeftOut))]) with { Doubtful = doubtful.Count };
        Tell(result, tally, progress);
        Tell(doubtful, options.DropDamaged, progress);
        progress?.Report(new StageEnded(Name, result.Counts));
        if (result.Counts.Out == 0 && options.Shard is null)
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

    private List<(ImportLedger Ledger, Found Found)> Annotate(SourceRun run, IProgress<StageProgress>? progress)
    {
        var (ledger, source, scan, left) = run;
        var files = workspace.Catalog.Files.OfSource(source.Id).Where(f => f.PictureId is not null).ToList();
        var unused = new List<(ImportLedger, Found)>();
        var notes = new AnnotationReader([.. files.Select(f => f.Path), .. scan.OfOthers]).Read(
            scan.Sides,
            side =>
            {
                if (scan.IsOurs(side.Path))
                    unused.Add((ledger, Seen(scan.AsFile(side), left)));
            },
            (side, why) => progress?.Report(new StageWarned(Name, SourcePaths.Full(source, side.Path), $"can't be read: {why}")));
        var (pictures, boxes) = new AnnotationLedger(workspace.Catalog).Write(files, notes);
        if (pictures > 0)
            progress?.Report(new StageSaid(Name, $"{Counted.Of(pictures, "picture")} came with captions, labels or other words"
                + $"{(boxes > 0 ? $", and {Counted.Of(boxes, "box").Replace("boxs", "boxes", StringComparison.Ordinal)}" : "")}"));
        return unused;
    }

    private static Found Seen(Found found, LeftFiles left)
    {
        left.See(found);
        return found;
    }

    // One source's scan, and what is to be found out by it.
    private sealed record SourceRun(ImportLedger Ledger, Source Source, SourceScan Scan, LeftFiles Left);

    // Source by source: thousands of pictures may be named one by one.
    private IEnumerable<(ImportLedger Ledger, Found Found)> Scan(
        IReadOnlyList<NamedSource> sources, ImportOptions options, RollCut rolls, ImportTally tally, List<SourceRun> scans,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var blobs = workspace.Catalog.Pictures.All().ToDictionary(p => p.Id, p => p.Sha256);
        foreach (var named in sources)
        {
            var source = workspace.Catalog.Sources.GetOrAdd(named.Kind, named.Path);

            // A power cut may have taken a blob whose row was already on the disk; its file is then as good as new.
            var before = workspace.Catalog.Files.OfSource(source.Id).Where(f => f.Status != FileStatus.Gone).ToDictionary(f => f.Path);
            var known = before.Values
                .Where(f => f.PictureId is not { } id || (blobs.TryGetValue(id, out var blob) && workspace.Pictures.Contains(blob)));
            var scan = new SourceScan(named, known, options, rolls, tally.Do, progress, cancel);
            tally.Expect(scan.CountFiles());
            var ledger = new ImportLedger(workspace.Catalog, source, before, tally);
            var left = new LeftFiles(before.Values.Where(f => scan.IsOurs(f.Path)));
            scans.Add(new SourceRun(ledger, source, scan, left));
            foreach (var found in scan.Run())
            {
                left.See(found);
                yield return (ledger, found);
            }
        }
    }

    /// <summary>Lets the pictures go that are no longer in their source. The stored copies stay; a file that comes back is taken in
    /// again.</summary>
    public void Prune(IReadOnlyList<GoneFile> gone)
    {
        ArgumentNullException.ThrowIfNull(gone);
        workspace.Catalog.InTransaction(() =>
        {
            foreach (var file in gone.Select(g => workspace.Catalog.Files.Find(g.Id)).OfType<SourceFile>())
                workspace.Catalog.Files.Put(file with { Status = FileStatus.Gone, PictureId = null });
        });
    }

    private ImportResult WithGone(ImportResult result, List<SourceFile> gone)
    {
        var sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        var ids = gone.Select(f => f.Id).ToHashSet();
        var pictures = gone.Select(f => f.PictureId!.Value).Distinct()
            .Count(picture => workspace.Catalog.Files.OfPicture(picture).All(f => ids.Contains(f.Id)));
        return result with
        {
            Gone = [.. gone.Select(f => new GoneFile(f.Id, SourcePaths.Full(sources[f.SourceId], f.Path)))],
            GonePictures = pictures,
        };
    }

    private static void Tell(ImportResult result, ImportTally tally, IProgress<StageProgress>? progress)
    {
        if (tally.Replaced > 0)
            progress?.Report(new StageSaid(Name, tally.Replaced == 1 ? "1 picture was replaced in its source; the new file counts"
                : $"{tally.Replaced:N0} pictures were replaced in their source; the new files count"));
        if (result.GonePictures == 0)
            return;
        var names = string.Join(", ", result.Gone.Take(MostNames).Select(g => g.Path)) + (result.Gone.Count > MostNames ? ", …" : "");
        progress?.Report(new StageSaid(Name, result.GonePictures == 1 ? $"1 picture is no longer in its source ({names})"
            : $"{result.GonePictures:N0} pictures are no longer in their source ({names})"));
    }

    private void Tell(IReadOnlyList<StoredPicture> doubtful, bool drop, IProgress<StageProgress>? progress)
    {
        if (doubtful.Count == 0)
            return;
        var names = string.Join(", ", doubtful.Take(MostNames).Select(p => PathOf(workspace.Catalog.Files.OfPicture(p.Id)[0])))
            + (doubtful.Count > MostNames ? ", …" : "");
        progress?.Report(new StageSaid(Name, $"{Counted.Of(doubtful.Count, "picture")} perhaps damaged ({names}); "
            + (drop ? "dropped" : "the report shows them, --drop damaged drops them")));
    }

    private string PathOf(SourceFile file) =>
        SourcePaths.Full(workspace.Catalog.Sources.All().First(s => s.Id == file.SourceId), file.Path);

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
