using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Act;

/// <summary>What undoing came to.</summary>
/// <param name="Restored">Files that are back as they were.</param>
/// <param name="Untouched">Actions that had not been carried out, or were undone before: nothing was to do.</param>
/// <param name="LeftAlone">Files that could not be put back, with the reason.</param>
public sealed record UndoResult(IReadOnlyList<RawPath> Restored, int Untouched, IReadOnlyList<RefusedPath> LeftAlone);

/// <summary>Takes back what a journal says, last action first, by what is on the disk now: it doesn't matter where the run stopped, or
/// whether it was undone before.</summary>
public static class Undo
{
    /// <summary>Puts back everything; with <paramref name="dryRun"/> only tells what it would put back.</summary>
    /// <param name="journal">The journal's file.</param>
    /// <param name="dryRun">Change nothing.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it; what is back stays so, and running it again does the rest.</param>
    /// <exception cref="UsageException">There is no such journal.</exception>
    /// <exception cref="UnusableInputException">It is no journal, or damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static UndoResult Run(string journal, bool dryRun, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var (folder, intents, removed) = ActJournal.Read(journal);
        var restored = new List<RawPath>();
        var leftAlone = new List<RefusedPath>();
        var untouched = 0;
        var done = 0;
        foreach (var intent in intents.Reverse())
        {
            cancel.ThrowIfCancellationRequested();
            var step = new Restoring(In(folder, intent), removed.GetValueOrDefault(intent.Number));
            var (needed, reason) = step.Decide();
            if (needed && reason is null && !dryRun)
                reason = step.Do(bytes => Tell($"copying {intent.Path}, {bytes / 1e6:0} MB"), cancel);
            done++;
            Tell(null);
            if (reason is not null)
                leftAlone.Add(new RefusedPath(intent.Path, reason));
            else if (needed)
                restored.Add(intent.Path);
            else
                untouched++;
        }

        return new UndoResult(restored, untouched, leftAlone);

        void Tell(string? detail) => progress?.Report(new StageAdvanced("undo", done, intents.Count, "files", detail));
    }

    // The journal has paths as they were given; they begin in the folder in which the run was started.
    private static Intent In(RawPath folder, Intent intent) =>
        intent with
        {
            Path = In(folder, intent.Path),
            Aside = intent.Aside is null ? null
            : In(folder, intent.Aside),
            Keeper = In(folder, intent.Keeper)
        };

    private static RawPath In(RawPath folder, RawPath path) => path.Bytes[0] == (byte)'/' ? path : folder.Combine(path.Bytes);
}
