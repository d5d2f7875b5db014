using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Explore;

/// <summary>The explore room: a generator to play with. Requests of one page replace each other where only the newest matters; what was
/// replaced is answered with nothing (204).</summary>
internal static class ExploreEndpoints
{
    // Opening again takes a second; an open run takes some hundred megabytes.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    /// <summary>Adds the endpoints.</summary>
    public static void MapExplore(
        this IEndpointRouteBuilder routes, SmirkWorkspace workspace, StudioOptions options, CancellationToken stopping)
    {
        var runs = new ExploreRuns(workspace);
        var thread = new GeneratorThread(new OpenGenerator(), Idle, stopping);
        var explore = routes.MapGroup("/api/explore");
        explore.MapGet("/runs", () => runs.All());
        explore.MapPost("/open", (GeneratorRequest request, CancellationToken cancel) =>
        {
            var snapshot = runs.Snapshot(request);
            return Answer(thread.Run(Lane(request, "open"), Turn.Now, open => Facts(open.Session(snapshot)), cancel));
        });
        explore.MapPost("/tiles", (TilesRequest request, CancellationToken cancel) =>
        {
            var snapshot = runs.Snapshot(request);
            return Answer(thread.Run(null, Turn.Soon,
                open => ExplorePictures.Tiles(open.Session(snapshot), request, cancel), cancel));
        });
        explore.MapPost("/picture", (PictureRequest request, CancellationToken cancel) =>
        {
            var (snapshot, code) = (runs.Snapshot(request), LatentText.Read(request.Code));
            return Answer(thread.Run(Lane(request, "picture"), Turn.Now,
                open => ExplorePictures.Large(open.Session(snapshot), code, request.Realness), cancel));
        });
        explore.MapPost("/mix", (MixRequest request, CancellationToken cancel) =>
        {
            var snapshot = runs.Snapshot(request);
            return Answer(thread.Run(Lane(request, "picture"), Turn.Now, open =>
            {
                var session = open.Session(snapshot);
                return ExplorePictures.Large(session, ExplorePictures.Mixed(session, request));
            }, cancel));
        });
        explore.MapPost("/move", (MoveRequest request, CancellationToken cancel) =>
        {
            var (snapshot, code) = (runs.Snapshot(request), LatentText.Read(request.Code));
            return Answer(thread.Run(Lane(request, "picture"), Turn.Now,
                open => ExplorePictures.Large(open.Session(snapshot), Moved(open, snapshot, code, request)), cancel));
        });
        explore.MapPost("/places", (PictureRequest request, CancellationToken cancel) =>
        {
            var (snapshot, code) = (runs.Snapshot(request), LatentText.Read(request.Code));
            return Answer(thread.Run(Lane(request, "places"), Turn.Now, open =>
            {
                ExplorePictures.CheckFits(open.Session(snapshot), [code]);
                return new PlacesMessage([.. open.Directions(snapshot).Select(d => Math.Round(LatentMoves.Place(code, d), 3))]);
            }, cancel));
        });
        explore.MapPost("/nearest", (PictureRequest request, CancellationToken cancel) =>
        {
            var (snapshot, code) = (runs.Snapshot(request), LatentText.Read(request.Code));
            return Answer(thread.Run(Lane(request, "nearest"), Turn.Soon, open => Nearest(workspace, open, snapshot, code), cancel));
        });
        explore.MapProjections(workspace, runs, thread, stopping);
        explore.MapFiles(runs, thread, new SharedPages(options, stopping));
    }

    private static string? Lane(GeneratorRequest request, string what) => request.Page is null ? null : $"{request.Page}/{what}";

    private static async Task<IResult> Answer<T>(Task<T?> work)
        where T : class
    {
        var result = await work;
        return result is null ? TypedResults.NoContent() : TypedResults.Ok(result);
    }

    private static GeneratorFacts Facts(GeneratorSession session)
    {
        var (width, height) = session.View.SizeOf(session.Size);
        return new GeneratorFacts(
            Path.GetFileName(Gan.Train.Snapshots.Snapshot.RunOf(session.SnapshotPath)), Path.GetFileName(session.SnapshotPath),
            session.Kimg, session.Size, width, height, session.Levels, session.Classes, session.View.Roll);
    }

    private static LatentCode Moved(OpenGenerator open, string snapshot, LatentCode code, MoveRequest request)
    {
        ExplorePictures.CheckFits(open.Session(snapshot), [code]);
        var directions = open.Directions(snapshot);
        if (request.Direction < 0 || request.Direction >= directions.Count || request.To is not { } to || Math.Abs(to) > 10)
            throw new UsageException(
                $"The direction {request.Direction} to {request.To}: expected 0 to {directions.Count - 1}, and −10 to 10.");
        var direction = directions[request.Direction];
        return LatentMoves.Along(code, direction, to - LatentMoves.Place(code, direction));
    }

    private static NearestMessage Nearest(SmirkWorkspace workspace, OpenGenerator open, string snapshot, LatentCode code)
    {
        var rgb = open.Session(snapshot).Generate([code])[0].Rgb;
        var near = open.Neighbours(snapshot).Of(rgb);
        return new NearestMessage(
            [.. near.ByPixels.Select(Named)], [.. near.ByFeatures.Select(Named)], near.NearerThanHeldOut,
            open.Pictures(snapshot).HeldOutCount);

        NeighbourMessage Named(Neighbour neighbour) => new(
            workspace.Catalog.Pictures.Find(neighbour.Picture)?.Id, neighbour.File ?? $"row {neighbour.Row} of the pack",
            neighbour.Mirrored, Math.Round(neighbour.Distance, 3));
    }
}
