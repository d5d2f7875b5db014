using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Smirk.Gan.Project;
using Smirk.Imaging;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Studio.Explore;

/// <summary>One projection, from the queue to its end.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="snapshot">The snapshot's file.</param>
/// <param name="square">The picture as it was cut.</param>
/// <param name="stopping">Cancels it.</param>
internal sealed class ProjectionJob(ProjectRequest request, string snapshot, Picture square, CancellationToken stopping)
{
    // Steps from one picture that is shown to the next.
    private const int ShowEvery = 2;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancel = new();
    private TaskCompletionSource _changed = NewChange();
    private ProjectionMessage _latest = new("waiting", "waiting for its turn…", null, null, null, null, null);

    /// <summary>Its name.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whose it is.</summary>
    public string? Page => request.Page;

    /// <summary>Stops it; what was found so far is lost, a result isn't.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Does it, on <paramref name="thread"/>.</summary>
    public async Task Run(GeneratorThread thread)
    {
        using var ends = stopping.Register(_cancel.Cancel);
        try
        {
            await thread.Run<object>(null, Turn.Long, open =>
            {
                Project(open, thread);
                return this;
            }, _cancel.Token);
        }
        catch (OperationCanceledException)
        {
            Tell(last => last.Result is null ? last with { State = "cancelled", Words = "cancelled", Share = null } : Done(last));
        }
        catch (Exception error)
        {
            var words = error is SmirkException ? error.Message : $"A fault of Smirk's: {error.Message}";
            Tell(last => last with { State = "failed", Words = words, Share = null });
        }
    }

    /// <summary>How it stands, now and whenever that changes; states that nobody waited for are left out.</summary>
    public async IAsyncEnumerable<SseItem<ProjectionMessage>> Follow([EnumeratorCancellation] CancellationToken cancel)
    {
        ProjectionMessage? told = null;
        while (told is not { IsOver: true })
        {
            Task change;
            lock (_lock)
                (told, change) = (_latest, _changed.Task);
            yield return new SseItem<ProjectionMessage>(told);
            if (!told.IsOver)
                await change.WaitAsync(cancel);
        }
    }

    private void Project(OpenGenerator open, GeneratorThread thread)
    {
        var cancel = _cancel.Token;
        var session = open.Session(snapshot);
        using var held = open.Hold();
        var relay = new Relay(this, thread);
        var target = ExplorePictures.Large(session, square.Pixels);
        Tell(last => last with { State = "preparing", Words = "getting ready…", Target = target });
        var projector = open.Projector(snapshot, relay, cancel);
        relay.LetsOthersIn = true;
        var options = new ProjectOptions { Steps = request.Steps, Class = request.Class, ShowEvery = ShowEvery, Compare = false };
        Tell(last => last with { State = "searching", Words = "searching…", Share = 0 });
        var found = projector.Run(square.Pixels, options, step => Tell(last => last with
        {
            Words = $"step {step.Step} of {step.Steps}",
            Share = (double)step.Step / step.Steps,
            Picture = ExplorePictures.Large(session, step.Rgb),
            Distance = Math.Round(step.Distance, 4),
        }), relay, cancel);
        var result = new ProjectionResult(
            LatentText.Of(found.Code), Math.Round(found.Distance, 4), Math.Round(found.NearestSample, 4), found.Samples);
        Tell(last => last with
        {
            State = request.Compare ? "comparing" : "done",
            Words = request.Compare ? "projecting pictures that the run held out, to compare with; once a snapshot" : "done",
            Share = null,
            Picture = ExplorePictures.Large(session, found.Rgb),
            Distance = result.Distance,
            Result = result,
        });
        if (!request.Compare)
            return;
        var comparison = projector.CompareWithHeldOut(found.Distance, request.Steps, relay, cancel);
        Tell(last => Done(last) with
        {
            Result = comparison is null ? result : result with
            {
                NearerThan = comparison.NearerThan,
                HeldOut = comparison.HeldOut,
                Median = Math.Round(comparison.Median, 4),
            },
        });
    }

    private static ProjectionMessage Done(ProjectionMessage last) => last with { State = "done", Words = "done", Share = null };

    private void Tell(Func<ProjectionMessage, ProjectionMessage> change)
    {
        TaskCompletionSource before;
        lock (_lock)
        {
            _latest = change(_latest);
            (before, _changed) = (_changed, NewChange());
        }

        before.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Called on the generator's thread: between two steps others get their pictures.
    private sealed class Relay(ProjectionJob job, GeneratorThread thread) : IProgress<StageProgress>
    {
        public bool LetsOthersIn { get; set; }

        public void Report(StageProgress value)
        {
            if (value is StageAdvanced advanced)
            {
                job.Tell(last => last.State switch
                {
                    "preparing" => last with { Words = advanced.Detail ?? last.Words, Share = advanced.Done / advanced.Total },
                    "comparing" => last with { Share = advanced.Done / advanced.Total },
                    _ => last,
                });
            }

            if (LetsOthersIn)
                thread.DoOthers();
        }
    }
}
