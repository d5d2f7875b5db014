using Smirk.Workspace.Runs;

namespace Smirk.Gan.Train;

/// <summary>Another process asked the run to stop (<see cref="RunRequest.Stop"/>); a snapshot was written.</summary>
public sealed class TrainingStoppedException(RunFolder run) : OperationCanceledException(
    $"run {run.Name} was asked to stop; resume it with: smirk train --resume {run.Number}");
