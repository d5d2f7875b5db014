namespace Smirk.Workspace.Stages;

/// <summary>The steps of long work within a stage: each says what is being done, and is where Ctrl-C is noticed. Steps are to take well
/// under two seconds.</summary>
/// <param name="stage">The stage's name.</param>
/// <param name="progress">Told of each step.</param>
/// <param name="cancel">Stops at the next step.</param>
public sealed class StageSteps(string stage, IProgress<StageProgress> progress, CancellationToken cancel)
{
    /// <summary>Begins a step.</summary>
    /// <param name="what">What is being done, such as "comparing with training pictures".</param>
    /// <param name="done">How many pictures are done.</param>
    /// <param name="total">How many there are; null where they aren't counted.</param>
    /// <exception cref="OperationCanceledException">The person wants to stop.</exception>
    public void Next(string what, double done = 0, double? total = null)
    {
        cancel.ThrowIfCancellationRequested();
        progress.Report(new StageAdvanced(stage, done, total, "pictures", what));
    }
}
