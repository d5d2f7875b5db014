namespace Smirk.Cli;

/// <summary>Where programs keep what belongs to a person, by the XDG rules.</summary>
internal static class UserFolders
{
    /// <summary>For what can be made again: $XDG_CACHE_HOME/smirk or ~/.cache/smirk.</summary>
    public static string Cache() => Find("XDG_CACHE_HOME", ".cache") ?? Path.Combine(Path.GetTempPath(), "smirk");

    /// <summary>For what should last: $XDG_STATE_HOME/smirk or ~/.local/state/smirk; null where neither is known.</summary>
    public static string? State() => Find("XDG_STATE_HOME", Path.Combine(".local", "state"));

    private static string? Find(string variable, string below)
    {
        // The rules say that a relative path there is to be ignored.
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named && Path.IsPathRooted(named))
            return Path.Combine(named, "smirk");
        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, below, "smirk") : null;
    }
}
