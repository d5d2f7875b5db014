using System.CommandLine;
using System.Globalization;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Arguments;

/// <summary><c>-w WS --run R</c>: the run of a workspace, by number, for commands whose argument is something else.</summary>
internal sealed class RunOption
{
    /// <summary>-w.</summary>
    public Option<string?> Workspace { get; } = new("--workspace", "-w")
    {
        Description = "the workspace: its newest run is used, and pictures are cut as its own were",
        HelpName = "FOLDER",
    };

    /// <summary>--run.</summary>
    public Option<string?> Run { get; } = new("--run")
    {
        Description = "run of this number instead; or without -w, a run's folder (its best snapshot) or a snapshot file",
        HelpName = "RUN",
    };

    /// <summary>The snapshot that is meant.</summary>
    /// <exception cref="UsageException">Neither was given.</exception>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public string Snapshot(ParseResult parsed)
    {
        var (workspace, run) = (parsed.GetValue(Workspace), parsed.GetValue(Run));
        if (run is not null && workspace is not null && int.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new SnapshotFolder(new RunFolders(Path.Combine(Path.GetFullPath(workspace), WorkspaceFiles.Runs)).Open(number)).Best();
        var path = run ?? workspace
            ?? throw new UsageException("No generator given. Name a workspace with -w DIR, or a run with --run RUN.");
        return File.Exists(path) ? path : new SnapshotFolder(RunArgument.Run(path)).Best();
    }

    /// <summary>The workspace of a snapshot: the one that was named, or the one that its run lies in; null where that is none.</summary>
    public string? WorkspaceOf(ParseResult parsed, string snapshot)
    {
        if (parsed.GetValue(Workspace) is { } named)
            return named;
        var around = Path.GetFullPath(Path.Combine(Gan.Train.Snapshots.Snapshot.RunOf(snapshot), "..", ".."));
        return File.Exists(Path.Combine(around, WorkspaceFiles.Catalog)) ? around : null;
    }
}
