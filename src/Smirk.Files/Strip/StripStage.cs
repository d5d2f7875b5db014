using Smirk.Files.Strip.Files;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Strip;

/// <summary>Strips files: looks for them, decides for each, writes what was asked for.</summary>
public static class StripStage
{
    private const string Name = "strip";

    /// <summary>Runs to the end; a file that can't be stripped is named in the result and left alone.</summary>
    /// <exception cref="UsageException">A named path isn't there, or the places to write to don't fit together; nothing was
    /// done.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the files written so far are whole, the others as they were.</exception>
    public static StripResult Run(StripStageOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Find the files.
        var places = WritePlaces.Prepare(options);
        var sources = new SourceWalk(options, places.Excluded, progress, cancel).Find();
        if ((options.Output ?? options.Backup) is { } folder)
            sources = WritePlaces.RefuseCollisions(sources, folder);

        // Decide and write, one file at a time on each thread.
        var results = new StrippedFile?[sources.Count];
        var (next, done) = (-1, 0L);
        var workers = new Workers(Math.Clamp(options.Threads, 1, Math.Max(1, sources.Count)), progress, cancel);
        try
        {
            workers.Run(Name, "files", () => Interlocked.Read(ref done), sources.Count, _ =>
            {
                var stripper = new FileStripper(options, places, cancel);
                for (int at; !cancel.IsCancellationRequested
                    && (at = Interlocked.Increment(ref next)) < sources.Count; Interlocked.Increment(ref done))
                    results[at] = stripper.Process(sources[at]);
            });
        }
        finally
        {
            places.Sync();
        }

        // Tell.
        var result = new StripResult(results!);
        foreach (var file in result.Files.Where(f => f.Reason is not null))
            progress?.Report(new StageWarned(Name, file.Path.ToString(), file.Reason!));
        var refused = result.Count(StripStatus.Refused);
        var left = refused == 0 ? new Dictionary<string, long>() : new Dictionary<string, long> { ["refused"] = refused };
        progress?.Report(new StageEnded(Name, new StageCounts(result.Files.Count, result.Files.Count - refused, left, "files")));
        return result;
    }
}
