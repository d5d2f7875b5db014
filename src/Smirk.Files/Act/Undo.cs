using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Act;

/// <summary>What undoing came to.</summary>
/// <param name="Restored">Files that are back as they were.</param>
/// <param name="Untouched">Actions that had not been carried out, or were undone before: nothing was to do.</param>
/// <param name="LeftAlone">Files that could not be put back, with the reason.</param>
public sealed record UndoResult(IReadOnlyList<RawPath> Restored, int Untouched, IReadOnlyList<RefusedPath> LeftAlone);

/// <summary>Takes back what a journal says, last action first, by what is on the disk now: it doesn't matter where the run stopped, or whether it was undone before.</summary>
public static class Undo
{
    /// <summary>Puts back everything; with <paramref name="dryRun"/> only tells what it would put back.</summary>
    /// <exception cref="UsageException">There is no such journal.</exception>
    /// <exception cref="UnusableInputException">It is no journal, or damaged.</exception>
    public static UndoResult Run(string journal, bool dryRun, CancellationToken cancel)
    {
        var (folder, intents, removed) = ActJournal.Read(journal);
        var restored = new List<RawPath>();
        var leftAlone = new List<RefusedPath>();
        var untouched = 0;
        foreach (var intent in intents.Reverse())
        {
            cancel.ThrowIfCancellationRequested();
            var step = new Restoring(In(folder, intent), removed.GetValueOrDefault(intent.Number));
            var (needed, reason) = step.Decide();
            if (needed && reason is null && !dryRun)
                reason = step.Do();
            if (reason is not null)
                leftAlone.Add(new RefusedPath(intent.Path, reason));
            else if (needed)
                restored.Add(intent.Path);
            else
                untouched++;
        }

        return new UndoResult(restored, untouched, leftAlone);
    }

    // The journal has paths as they were given; they begin in the folder in which the run was started.
    private static Intent In(RawPath folder, Intent intent) => intent with { Path = In(folder, intent.Path), Aside = intent.Aside is null ? null : In(folder, intent.Aside), Keeper = In(folder, intent.Keeper) };

    private static RawPath In(RawPath folder, RawPath path) => path.Bytes[0] == (byte)'/' ? path : folder.Combine(path.Bytes);
}
