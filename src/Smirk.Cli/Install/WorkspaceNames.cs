using Smirk.Workspace;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Install;

/// <summary>Workspaces and runs that lie in the current folder, to complete their names. A folder that can't be read has none.</summary>
internal static class WorkspaceNames
{
    // A folder of thousands is no place of workspaces, and a person waits for the answer.
    private const int MostFolders = 2000;

    /// <summary>Workspaces below the current folder, with the number of their runs.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> Here() => [.. Folders(".").Where(IsWorkspace)
        .Select(folder => (Path.GetFileName(folder), Counted(Runs(folder).Count)))];

    /// <summary>Workspaces, and their runs by path.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> HereWithRuns() => [.. Here().SelectMany(workspace =>
        Runs(workspace.Word).Select(run => ($"{workspace.Word}/runs/{run.Name}", Told(run))).Prepend(workspace))];

    /// <summary>The numbers of the runs in <paramref name="workspace"/>, newest first.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> RunsIn(string workspace) =>
        [.. Runs(workspace).Reverse().Select(run => ($"{run.Number}", Told(run)))];

    private static bool IsWorkspace(string folder) => File.Exists(Path.Combine(folder, WorkspaceFiles.Catalog));

    private static IReadOnlyList<RunFolder> Runs(string workspace)
    {
        var runs = Path.Combine(workspace, "runs");
        return Directory.Exists(runs) ? new RunFolders(runs).All() : [];
    }

    private static string Told(RunFolder run)
    {
        var trained = File.Exists(run.LogPath)
            ? FormattableString.Invariant($"trained last on {File.GetLastWriteTime(run.LogPath):yyyy-MM-dd HH:mm}") : "has no log yet";
        return RunNote.Of(run).Name is { Length: > 0 } name ? $"{name}, {trained}" : trained;
    }

    private static string Counted(int runs) => runs switch { 0 => "no run yet", 1 => "1 run", _ => $"{runs} runs" };

    private static IEnumerable<string> Folders(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Take(MostFolders).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
