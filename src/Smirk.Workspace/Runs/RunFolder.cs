using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Runs;

/// <summary>One training run's folder, such as WS/runs/0001, and where things lie in it.</summary>
/// <param name="Number">The run's number, from 1.</param>
/// <param name="Path">The folder.</param>
public sealed record RunFolder(int Number, string Path)
{
    /// <summary>"0001".</summary>
    public string Name => RunFolders.NameOf(Number);

    /// <summary>The resolved options, written before the work starts.</summary>
    public string OptionsPath => System.IO.Path.Combine(Path, "options.json");

    /// <summary>One JSON object a progress step: kimg, seconds, losses.</summary>
    public string LogPath => System.IO.Path.Combine(Path, "log.jsonl");

    /// <summary>snapshots/: networks, optimisers and random state as safetensors. Made with the run.</summary>
    public string SnapshotsFolder => System.IO.Path.Combine(Path, "snapshots");

    /// <summary>samples/: grids and single pictures. Made with the run.</summary>
    public string SamplesFolder => System.IO.Path.Combine(Path, "samples");

    /// <summary>tfevents/: TensorBoard's event files. Made with the run.</summary>
    public string EventsFolder => System.IO.Path.Combine(Path, "tfevents");

    /// <summary>The one self-contained page.</summary>
    public string ReportPath => System.IO.Path.Combine(Path, "report.html");

    /// <summary>share/: what was made of the run for others. Made by the first export.</summary>
    public string ShareFolder => System.IO.Path.Combine(Path, "share");

    /// <summary>The page to play with the generator, in <see cref="ShareFolder"/>.</summary>
    public string SharedPagePath => System.IO.Path.Combine(ShareFolder, "smirk.html");

    /// <summary>The file that the process which trains the run holds locked.</summary>
    public string LockPath => System.IO.Path.Combine(Path, ".lock");

    /// <summary>What a person calls the run, and notes on it; see <see cref="RunNote"/>. Made with the first of them.</summary>
    public string NotePath => System.IO.Path.Combine(Path, "note.json");

    /// <summary>requests/: a file for what is asked of whoever trains the run; see <see cref="RunRequests"/>.</summary>
    public string RequestsFolder => System.IO.Path.Combine(Path, "requests");

    /// <summary>Keeps other processes from training this run until disposed. What was asked of an earlier process is forgotten: it must
    /// not stop this one.</summary>
    /// <exception cref="UnusableInputException">Another process trains it.</exception>
    public LockedRun Lock()
    {
        var held = FileLock.Take(LockPath, $"Run {Name} ({Path})", "Wait until it ends, or start another run with another --seed.");
        new RunRequests(this).Clear();
        return new LockedRun(this, held);
    }

    /// <summary>The number of the process that trains the run, on whatever machine; 0 for one that can't be told, null where no process
    /// trains it.</summary>
    public int? Trainer() => FileLock.HolderOf(LockPath);

    /// <summary>What the stages before training told of the pictures.</summary>
    public string PilePath => System.IO.Path.Combine(Path, "pile.json");

    /// <summary>Makes what is missing of snapshots/, samples/ and tfevents/: a run can be resumed after the last two were
    /// deleted.</summary>
    public void MakeFolders()
    {
        foreach (var folder in (string[])[SnapshotsFolder, SamplesFolder, EventsFolder])
            Directory.CreateDirectory(folder);
        FolderSync.Flush(Path);
    }

    /// <summary>Opens <see cref="LogPath"/> for appending; a line that a kill cut short is taken off first.</summary>
    public AppendedLines OpenLog() => new(LogPath);
}
