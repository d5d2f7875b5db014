using Smirk.Workspace;

namespace Smirk.Gan.Train.Planning;

/// <summary>Where a run's pack lies, as the run remembers it: a workspace that is moved takes both along.</summary>
public static class PackPlace
{
    /// <summary>What a run keeps: a path relative to its folder for a pack of its own workspace, otherwise an absolute one.</summary>
    /// <param name="pack">The pack's folder.</param>
    /// <param name="run">The run's folder, WS/runs/0001.</param>
    public static string Store(string pack, string run)
    {
        var (full, workspace) = (Path.GetFullPath(pack), WorkspaceOf(run));
        return workspace.Length > 1 && full.StartsWith(workspace + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetRelativePath(Path.GetFullPath(run), full)
            : full;
    }

    /// <summary>The pack's folder now.</summary>
    /// <param name="stored">What the run keeps.</param>
    /// <param name="run">The run's folder, wherever it is now.</param>
    public static string Find(string stored, string run)
    {
        if (!Path.IsPathRooted(stored))
            return Path.GetFullPath(Path.Combine(run, stored));

        // Smirk 0.1 kept absolute paths: the pack of that name in the run's own workspace is the one that was meant, wherever the
        // workspace is now.
        var here = Path.Combine(WorkspaceOf(run), WorkspaceFiles.Packs, Path.GetFileName(stored));
        return Path.GetFileName(Path.GetDirectoryName(stored)) == WorkspaceFiles.Packs && Directory.Exists(here) ? here : stored;
    }

    private static string WorkspaceOf(string run) => Path.GetFullPath(Path.Combine(run, "..", ".."));
}
