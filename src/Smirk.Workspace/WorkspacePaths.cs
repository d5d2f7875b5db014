namespace Smirk.Workspace;

/// <summary>Paths as a workspace stores them: relative to its folder for what lies in it, so that it can be moved; absolute for everything
/// else.</summary>
public static class WorkspacePaths
{
    /// <summary><paramref name="path"/> as it is stored: "drawn" for WS/drawn, "." for WS itself; what lies elsewhere, or is an address,
    /// stays as it is.</summary>
    /// <param name="workspace">The workspace's absolute path.</param>
    /// <param name="path">An absolute path.</param>
    public static string Relative(string workspace, string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(workspace);
        if (path == folder)
            return ".";
        return path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..] : path;
    }

    /// <summary>The absolute path of what was stored.</summary>
    /// <param name="workspace">The workspace's absolute path, wherever it is now.</param>
    /// <param name="stored">What <see cref="Relative"/> gave.</param>
    public static string Absolute(string workspace, string stored) => stored == "." ? workspace : Path.Combine(workspace, stored);
}
