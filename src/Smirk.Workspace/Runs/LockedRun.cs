using Smirk.Workspace.Files;

namespace Smirk.Workspace.Runs;

/// <summary>A run that no other process can train until this is disposed.</summary>
public sealed class LockedRun : IDisposable
{
    private readonly FileLock _held;

    internal LockedRun(RunFolder run, FileLock held) => (Run, _held) = (run, held);

    /// <summary>The run.</summary>
    public RunFolder Run { get; }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();
}
