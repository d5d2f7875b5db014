using System.Globalization;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Runs;

/// <summary>WS/runs: numbered training runs.</summary>
/// <param name="folder">The folder that holds them; made with the first run.</param>
public sealed class RunFolders(string folder)
{
    private const string LockName = ".lock";

    /// <summary>The folder that holds the runs.</summary>
    public string Folder => folder;

    /// <summary>"0001" for 1.</summary>
    public static string NameOf(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Makes the folder of the next run, with its snapshots/, samples/ and tfevents/, and locks it. A newest one without a single
    /// file, left by a process
    /// that was killed right here, is taken instead.</summary>
    public LockedRun Create()
    {
        Directory.CreateDirectory(folder);

        // Two processes that start at the same moment get a run each.
        using var turn = FileLock.Take(Path.Combine(folder, LockName), folder, "Another run is being made there; try again.");
        if (Latest() is { } newest && IsEmpty(newest) && FileLock.TryTake(newest.LockPath) is { } held)
        {
            // Between the look and the lock its process may have written its options and ended.
            if (IsEmpty(newest))
                return Made(newest, held);
            held.Dispose();
        }

        var next = At((Latest()?.Number ?? 0) + 1);
        Directory.CreateDirectory(next.Path);
        return Made(next, FileLock.Take(next.LockPath, next.Path, "Try again."));
    }

    /// <summary>Every run, oldest first.</summary>
    public IReadOnlyList<RunFolder> All() => [.. Numbers().Order().Select(At)];

    /// <summary>The newest run; null when there is none.</summary>
    public RunFolder? Latest() => All().LastOrDefault();

    /// <summary>The run of that number.</summary>
    /// <exception cref="UnusableInputException">There is no such run; the message names those there are.</exception>
    public RunFolder Open(int number)
    {
        var run = At(number);
        if (Directory.Exists(run.Path))
            return run;
        var there = string.Join(", ", All().Select(r => RunNote.Of(r).Name is { Length: > 0 } called ? $"{r.Name} ({called})" : r.Name));
        throw new UnusableInputException(
            $"There is no run {NameOf(number)} in {folder}; {(there.Length == 0 ? "it has no runs yet" : $"it has {there}")}.");
    }

    /// <summary>Deletes a run with everything in its folder: snapshots, samples, log, exports.</summary>
    /// <exception cref="UnusableInputException">A process trains it.</exception>
    public void Delete(RunFolder run)
    {
        using var held = FileLock.TryTake(run.LockPath)
            ?? throw new UnusableInputException($"Run {run.Name} is being trained, and can't be deleted. Stop it first.");

        // Under a name that is no run's first: whoever looks meanwhile sees a whole run or none.
        var going = Path.Combine(folder, $".deleted-{run.Name}");
        if (Directory.Exists(going))
            Directory.Delete(going, recursive: true);
        Directory.Move(run.Path, going);
        FolderSync.Flush(folder);
        Directory.Delete(going, recursive: true);
    }

    private LockedRun Made(RunFolder run, FileLock held)
    {
        run.MakeFolders();
        FolderSync.Flush(folder);
        return new LockedRun(run, held);
    }

    private static bool IsEmpty(RunFolder run) =>
        Directory.EnumerateFiles(run.Path, "*", SearchOption.AllDirectories).All(f => f == run.LockPath);

    private RunFolder At(int number) => new(number, Path.Combine(folder, NameOf(number)));

    private IEnumerable<int> Numbers()
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                yield return number;
        }
    }
}
