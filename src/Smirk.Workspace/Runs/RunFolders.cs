using System.Globalization;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Runs;

/// <summary>WS/runs: numbered training runs.</summary>
/// <param name="folder">The folder that holds them; made with the first run.</param>
public sealed class RunFolders(string folder)
{
    /// <summary>The folder that holds the runs.</summary>
    public string Folder => folder;

    /// <summary>"0001" for 1.</summary>
    public static string NameOf(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Makes the folder of the next run, with its snapshots/, samples/ and tfevents/. A newest one without a single file, left by a process that was killed right here, is taken instead.</summary>
    public RunFolder Create()
    {
        var newest = Latest();
        var run = newest is not null && !Directory.EnumerateFiles(newest.Path, "*", SearchOption.AllDirectories).Any() ? newest : At((newest?.Number ?? 0) + 1);
        run.MakeFolders();
        FolderSync.Flush(folder);
        return run;
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
        var there = string.Join(", ", All().Select(r => r.Name));
        throw new UnusableInputException($"There is no run {NameOf(number)} in {folder}; {(there.Length == 0 ? "it has no runs yet" : $"it has {there}")}.");
    }

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
