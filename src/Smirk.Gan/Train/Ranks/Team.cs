using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Recipes;
using Smirk.Torch;
using Smirk.Torch.Distributed;
using Smirk.Torch.Errors;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Train.Ranks;

/// <summary>What rank 0 has the others do.</summary>
internal enum Command
{
    /// <summary>Take over its state: weights, averages, optimisers, random numbers.</summary>
    TakeState,

    /// <summary>Make a step.</summary>
    Step,

    /// <summary>Add up the losses since the last time.</summary>
    AddLosses,

    /// <summary>The run is over.</summary>
    End,

    /// <summary>The run was stopped by a person.</summary>
    Stop,
}

/// <summary>Processes that train one run together. Rank 0 decides, writes and measures; the others do the steps that it says, each on its
/// part of the batch.</summary>
public sealed class Team : IDisposable
{
    private readonly Watch _watch;
    private readonly CancellationTokenSource _stopping;
    private readonly IReadOnlyList<Member> _members;
    private readonly CancellationToken _asked;

    private Team(LaunchPlace place, ProcessGroup group, Watch watch, IReadOnlyList<Member> members, CancellationToken cancel)
    {
        (Place, Group, _watch, _members, _asked) = (place, group, watch, members, cancel);
        _stopping = place.Rank == 0 ? CancellationTokenSource.CreateLinkedTokenSource(cancel, watch.Stopping)
            : CancellationTokenSource.CreateLinkedTokenSource(watch.Stopping);
        _watch.Lost += Group.Abandon;
        if (_watch.Loss is not null)
            Group.Abandon();
    }

    /// <summary>How long processes wait for each other at the start when nothing is said.</summary>
    public static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(5);

    /// <summary>Where this process stands.</summary>
    public LaunchPlace Place { get; }

    /// <summary>What they compute together with.</summary>
    public ProcessGroup Group { get; }

    /// <summary>Set when the run has to stop: a person said so to any process, or a process is gone. Ranks above 0 hear of the first from
    /// rank 0.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Meets the other processes. Returns when all have come.</summary>
    /// <param name="place">Where this process stands.</param>
    /// <param name="patience">How long to wait for the others.</param>
    /// <param name="progress">Told whom it waits for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TeamException">Some didn't come, are of another version, or can't be reached.</exception>
    /// <exception cref="MissingDependencyException">This libtorch, or its shim, has no process groups.</exception>
    public static Team Join(LaunchPlace place, TimeSpan patience, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (!ProcessGroup.IsAvailable)
            throw new MissingDependencyException(
                $"Training on {place.Size} processes needs libtorch's Gloo, and this build of Smirk's shim hasn't got it. Install "
                    + "libgloo-dev (for another libtorch: one with Gloo), then: eng/build.sh native torch");
        var meeting = new Meeting(place, patience, cancel);
        var store = meeting.OpenStore();
        var members = Gather(meeting, store, place, progress);
        var watch = new Watch(store, place, members, cancel);
        try
        {
            return new Team(place, meeting.OpenGroup(), watch, members, cancel);
        }
        catch (Exception error)
        {
            watch.TellEnd($"{members[place.Rank].Name} couldn't join: {error.Message}");
            throw;
        }
    }

    private static IReadOnlyList<Member> Gather(
        Meeting meeting, ProcessStore store, LaunchPlace place, IProgress<StageProgress> progress)
    {
        try
        {
            return meeting.Gather(store, progress);
        }
        catch (TorchFailureException error)
        {
            throw new TeamException(
                $"{(place.LauncherServes ? "The launcher" : "Rank 0")}, which served the store at {place.Host}:{place.Port}, ended before "
                    + "all had come. Look for what it printed.", error);
        }
        catch (TeamException) when (place is { Rank: 0, LauncherServes: false })
        {
            // The store ends with this process: time for the others to see for themselves what is wrong.
            Thread.Sleep(TimeSpan.FromSeconds(1));
            throw;
        }
    }

    /// <summary>Does this process's part. When it fails, the others hear why; when another failed, that is what is thrown.</summary>
    /// <exception cref="TeamException">Another process is gone, failed, or was told to stop.</exception>
    /// <exception cref="OperationCanceledException">This process was told to stop.</exception>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (_watch.Loss is { } loss)
        {
            _asked.ThrowIfCancellationRequested();
            throw new TeamException(Words(loss), error);
        }
        catch (OperationCanceledException)
        {
            if (Place.Rank == 0)
                _watch.TellEnd($"{_members[0].Name} was stopped");
            _asked.ThrowIfCancellationRequested();
            throw new TeamException("The training was stopped at another process. What was finished is kept.");
        }
        catch (TorchFailureException error) when (_watch.Explain(TimeSpan.FromSeconds(15)) is { } loss)
        {
            throw new TeamException(Words(loss), error);
        }
        catch (Exception error)
        {
            _watch.TellEnd($"{_members[Place.Rank].Name} stopped: {error.Message}");
            throw;
        }
    }

    /// <summary>Sends text from rank 0 to all.</summary>
    /// <param name="text">What rank 0 sends; the others give anything.</param>
    public string Share(string text)
    {
        using var scope = TensorScope.Open();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var length = Tensor.FromArray(new long[] { bytes.Length });
        Group.Broadcast(length);
        var shared = Place.Rank == 0 ? Tensor.FromBytes(bytes, DType.UInt8, [bytes.Length])
            : Tensor.Zeros([length.Item<long>()], DType.UInt8);
        Group.Broadcast(shared);
        return System.Text.Encoding.UTF8.GetString(shared.ToBytes());
    }

    /// <summary>Has the others do something; they wait until then.</summary>
    /// <param name="command">What.</param>
    /// <param name="counters">Where the run stands.</param>
    internal void Lead(Command command, TrainCounters counters)
    {
        using var order = Order.Write(command, counters);
        Group.Broadcast(order);
    }

    /// <summary>What rank 0 says next.</summary>
    internal (Command Command, TrainCounters Counters) Follow()
    {
        using var order = Order.Write(Command.End, new TrainCounters());
        Group.Broadcast(order);
        return Order.Read(order);
    }

    /// <summary>Gives all processes the networks, averages, optimisers and random numbers of rank 0. Called by all at once, after
    /// <see cref="Command.TakeState"/>.</summary>
    internal void ShareState(Recipe recipe, TrainCounters counters) => SharedState.Send(Group, recipe, counters);

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        Group.Dispose();
        _stopping.Dispose();
    }

    private string Words(string loss) =>
        $"{char.ToUpperInvariant(loss[0])}{loss[1..].TrimEnd('.')}. All {Place.Size} processes of this training end. A run that has begun "
            + "is resumed from its newest snapshot with: smirk train --resume N, on as many processes as you like.";
}
