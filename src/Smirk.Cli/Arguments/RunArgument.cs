using System.CommandLine;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Arguments;

/// <summary>RUN: a workspace (its newest run), a run's folder (its best snapshot), or a snapshot's file.</summary>
internal sealed class RunArgument
{
    /// <summary>The argument.</summary>
    public Argument<string> Argument { get; } =
        new("run")
        {
            Description = "a workspace (its newest run), a run's folder (its best snapshot) or a snapshot file",
            HelpName = "RUN"
        };

    /// <summary>The snapshot that is meant.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public string Snapshot(ParseResult parsed)
    {
        var path = parsed.GetValue(Argument)!;
        return File.Exists(path) ? path : new SnapshotFolder(Run(path)).Best();
    }

    /// <summary>The run that <paramref name="path"/> means: the run itself, or the newest one of a workspace.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public static RunFolder Run(string path)
    {
        if (!Directory.Exists(path))
            throw new UnusableInputException($"There is no run, workspace or snapshot at {path}.");
        var full = Path.GetFullPath(path);
        if (File.Exists(Path.Combine(full, "options.json")) && int.TryParse(Path.GetFileName(full), out var number))
            return new RunFolder(number, full);
        var runs = Path.Combine(full, "runs");
        return new RunFolders(Directory.Exists(runs) ? runs : full).Latest()
            ?? throw new UnusableInputException($"{path} has no run yet. Make one with: smirk train -w {path}");
    }
}
