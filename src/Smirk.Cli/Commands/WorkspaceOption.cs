using System.CommandLine;

namespace Smirk.Cli.Commands;

/// <summary><c>-w FOLDER</c>, the same on every command that works in a workspace.</summary>
internal static class WorkspaceOption
{
    /// <summary>Builds the option.</summary>
    public static Option<string> Create() => new("--workspace", "-w")
    {
        Description = "the workspace folder; made where it isn't there",
        HelpName = "FOLDER",
        Required = true,
    };
}
