using System.CommandLine;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Cli.Commands;

/// <summary><c>train --stop N</c> and <c>--snapshot N</c>: something is asked of a run that another process trains, on whatever
/// machine.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="What">What is asked.</param>
internal sealed record TrainingRequest(int Run, RunRequest What)
{
    // A training looks once a second, but not in the middle of a step, or while features are being learnt to measure with.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The request on the command line; null where there is none.</summary>
    /// <exception cref="UsageException">Both are asked.</exception>
    public static TrainingRequest? Of(ParseResult parsed, Option<int?> stop, Option<int?> snapshot) =>
        (parsed.GetValue(stop), parsed.GetValue(snapshot)) switch
        {
            (null, null) => null,
            ({ } run, null) => new TrainingRequest(run, RunRequest.Stop),
            (null, { } run) => new TrainingRequest(run, RunRequest.Snapshot),
            _ => throw new UsageException("--stop saves a snapshot by itself; leave --snapshot out."),
        };

    /// <summary>Asks, and waits until it is done.</summary>
    /// <exception cref="UnusableInputException">There is no such run, or no process trains it.</exception>
    public int Make(RunFolders runs, Screen screen, CancellationToken cancel)
    {
        var run = runs.Open(Run);
        var requests = new RunRequests(run);
        requests.Ask(What);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (!requests.IsAsked(What))
            {
                screen.Say(What == RunRequest.Stop ? $"train: run {run.Name} has stopped" : $"train: run {run.Name} saved a snapshot");
                return ExitCode.Done;
            }

            cancel.WaitHandle.WaitOne(Pause);
            cancel.ThrowIfCancellationRequested();
        }

        screen.Say($"train: run {run.Name} was asked, and hasn't answered yet: it is in the middle of something, such as a measurement");
        return ExitCode.Done;
    }
}
