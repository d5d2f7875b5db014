using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Runs;

/// <summary>What can be asked of a training.</summary>
public enum RunRequest
{
    /// <summary>Save a snapshot, and end; the run can be resumed.</summary>
    Stop,

    /// <summary>Save a snapshot and draw a grid now, and go on.</summary>
    Snapshot,
}

/// <summary>What is asked of whoever trains a run: an empty file in its folder for each, runs/0001/requests/stop. Files, because the
/// training may be another user's, or on another machine that shares the folder. The training looks about once a second, and takes a file
/// away when what it asks for is done.</summary>
/// <param name="run">The run.</param>
public sealed class RunRequests(RunFolder run)
{
    /// <summary>Asks for something.</summary>
    /// <exception cref="UnusableInputException">No process trains the run, or its folder can't be written.</exception>
    public void Ask(RunRequest what)
    {
        if (run.Trainer() is null)
            throw new UnusableInputException($"Run {run.Name} isn't being trained, so there is nothing to {Verb(what)}.");
        try
        {
            Directory.CreateDirectory(run.RequestsFolder);
            File.WriteAllBytes(PathOf(what), []);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnusableInputException($"Run {run.Name} can't be asked to {Verb(what)}: {error.Message}", error);
        }
    }

    /// <summary>Whether something was asked for and isn't done yet.</summary>
    public bool IsAsked(RunRequest what) => File.Exists(PathOf(what));

    /// <summary>Takes a request away, because it was done; nothing where there is none.</summary>
    public void Done(RunRequest what)
    {
        try
        {
            File.Delete(PathOf(what));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder isn't there, or is somebody else's: training goes on.
        }
    }

    /// <summary>Takes all requests away.</summary>
    public void Clear()
    {
        foreach (var what in Enum.GetValues<RunRequest>())
            Done(what);
    }

    private static string Verb(RunRequest what) => what == RunRequest.Stop ? "stop" : "take a snapshot of";

    private string PathOf(RunRequest what) => Path.Combine(run.RequestsFolder, what == RunRequest.Stop ? "stop" : "snapshot");
}
