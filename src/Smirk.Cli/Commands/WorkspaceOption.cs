using System.CommandLine;

namespace Smirk.Cli.Commands;

/// <summary><c>-w FOLDER</c>, the same on every command that works in a workspace.</summary>
internal static class WorkspaceOption
{
    /// <summary>Builds the option.</summary>
    /// <param name="isRead">The command only reads it, and doesn't create one.</param>
    public static Option<string> Create(bool isRead = false) => new("--workspace", "-w")
    {
        Description = isRead ? "the workspace folder" : "the workspace folder; created if missing",
        HelpName = "FOLDER",
        Required = true,
    };
}
