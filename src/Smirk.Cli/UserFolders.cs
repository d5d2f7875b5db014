namespace Smirk.Cli;

/// <summary>Where programs keep what belongs to a person, by the XDG rules.</summary>
internal static class UserFolders
{
    /// <summary>For what can be made again: $XDG_CACHE_HOME/smirk or ~/.cache/smirk.</summary>
    public static string Cache() => Of("XDG_CACHE_HOME", ".cache");

    /// <summary>For what should last: $XDG_STATE_HOME/smirk or ~/.local/state/smirk.</summary>
    public static string State() => Of("XDG_STATE_HOME", Path.Combine(".local", "state"));

    private static string Of(string variable, string below)
    {
        // The rules say that a relative path there is to be ignored.
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named && Path.IsPathRooted(named))
            return Path.Combine(named, "smirk");
        return Path.Combine(Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, below)
            : Path.GetTempPath(), "smirk");
    }
}
