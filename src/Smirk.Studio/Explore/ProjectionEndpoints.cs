using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Gan.Explore;
using Smirk.Studio.Hosting;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Explore;

/// <summary>Projection of the person's own picture: given, cut, searched for, watched, cancelled.</summary>
internal static class ProjectionEndpoints
{
    // Results that a page may still come back for.
    private const int Kept = 20;

    /// <summary>Adds the endpoints.</summary>
    public static void MapProjections(
        this IEndpointRouteBuilder explore, SmirkWorkspace workspace, ExploreRuns runs, GeneratorThread thread, CancellationToken stopping)
    {
        var pictures = new OwnPictures(workspace);
        var jobs = new ConcurrentDictionary<string, ProjectionJob>();
        explore.MapPost("/project/upload", async (HttpContext context, string? run, string? snapshot) =>
        {
            if (context.Request.ContentLength > OwnPictures.MostBytes)
                return TooLarge(context.Request.ContentLength.Value);
            var bytes = await OwnPictures.Read(context);
            var like = await Like(thread, runs.Snapshot(new GeneratorRequest { Run = run, Snapshot = snapshot }), context.RequestAborted);
            return Results.Ok((await Task.Run(() => pictures.Take(bytes, like, context.RequestAborted))).Message);
        });
        explore.MapPost("/project/start", async (ProjectRequest request, CancellationToken cancel) =>
        {
            var snapshot = runs.Snapshot(request);
            var like = await Like(thread, snapshot, cancel);
            var square = await Task.Run(() => pictures.Square(request.Upload, request.Box, like), cancel);

            // A page looks at one at a time.
            foreach (var older in jobs.Values.Where(job => job.Page == request.Page))
                older.Cancel();
            while (jobs.Count >= Kept && jobs.TryRemove(jobs.Keys.First(), out var oldest))
                oldest.Cancel();
            var job = new ProjectionJob(request, snapshot, square, stopping);
            jobs[job.Id] = job;
            _ = job.Run(thread);
            return new ProjectionName(job.Id);
        });
        explore.MapGet("/project/follow/{id}", (string id, HttpContext context) =>
            TypedResults.ServerSentEvents(Of(jobs, id).Follow(StreamEnd.Of(context, stopping))));
        explore.MapPost("/project/cancel", (ProjectionName name) => Of(jobs, name.Id).Cancel());
    }

    private static ProjectionJob Of(ConcurrentDictionary<string, ProjectionJob> jobs, string id) => jobs.GetValueOrDefault(id)
        ?? throw new UnusableInputException("That projection isn't known any more. Start it again.");

    private static async Task<CutLike> Like(GeneratorThread thread, string snapshot, CancellationToken cancel) =>
        (await thread.Run(null, Turn.Now, open =>
        {
            GeneratorSession session = open.Session(snapshot);
            return new CutLike(session.Size, session.Aspect, session.PackPath);
        }, cancel))!;

    private static IResult TooLarge(long bytes) => Results.Text(
        $"The file has {bytes / 1e6:0} MB; at most {OwnPictures.MostBytes / 1e6:0} MB are taken.",
        statusCode: StatusCodes.Status413PayloadTooLarge);
}
