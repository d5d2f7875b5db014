using Smirk.Gan.Explore;
using Smirk.Gan.Project;
using Smirk.Gan.Train.Snapshots;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Studio.Explore;

/// <summary>The snapshot that is open, and what was made for it: each opens when it is first asked for.</summary>
/// <remarks>For the <see cref="GeneratorThread"/> only.</remarks>
internal sealed class OpenGenerator : IDisposable
{
    private GeneratorSession? _session;
    private RunPictures? _pictures;
    private TrainingNeighbours? _neighbours;
    private Projector? _projector;
    private IReadOnlyList<float[]>? _directions;

    /// <summary>Whether a long job needs the snapshot that is open to stay so.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The generator of a snapshot.</summary>
    /// <param name="snapshot">Its file.</param>
    /// <exception cref="UnusableInputException">It is damaged, or another one is held open.</exception>
    public GeneratorSession Session(string snapshot)
    {
        if (_session?.SnapshotPath == snapshot)
            return _session;
        if (IsHeld)
            throw new UnusableInputException("A picture is being projected with another snapshot. Wait until it is done, or cancel it.");
        CloseSnapshot();
        if (_session is not null && Snapshot.RunOf(_session.SnapshotPath) == Snapshot.RunOf(snapshot))
        {
            _session.Switch(snapshot);
            return _session;
        }

        Dispose();
        return _session = GeneratorSession.Open(snapshot);
    }

    /// <summary>The directions in which its pictures vary most.</summary>
    public IReadOnlyList<float[]> Directions(string snapshot)
    {
        var session = Session(snapshot);
        return _directions ??= session.MainDirections();
    }

    /// <summary>What its run learnt from.</summary>
    /// <exception cref="UnusableInputException">The pack is gone.</exception>
    public RunPictures Pictures(string snapshot, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var session = Session(snapshot);
        return _pictures ??= RunPictures.Open(session, progress, cancel);
    }

    /// <summary>Finds training pictures near to others.</summary>
    public TrainingNeighbours Neighbours(string snapshot)
    {
        var pictures = Pictures(snapshot);
        return _neighbours ??= new TrainingNeighbours(pictures);
    }

    /// <summary>Projects pictures.</summary>
    public Projector Projector(string snapshot, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        var pictures = Pictures(snapshot, progress, cancel);
        return _projector ??= new Projector(_session!, pictures, progress, cancel);
    }

    /// <summary>Keeps the snapshot open that is: others are refused until the result is disposed.</summary>
    public IDisposable Hold()
    {
        IsHeld = true;
        return new Held(this);
    }

    /// <summary>Closes everything; it can be opened again.</summary>
    public void Dispose()
    {
        CloseSnapshot();
        _neighbours?.Dispose();
        _pictures?.Dispose();
        _session?.Dispose();
        (_neighbours, _pictures, _session) = (null, null, null);
    }

    private void CloseSnapshot()
    {
        _projector?.Dispose();
        (_projector, _directions) = (null, null);
    }

    private sealed class Held(OpenGenerator open) : IDisposable
    {
        public void Dispose() => open.IsHeld = false;
    }
}
