using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Gan.Explore;
using Smirk.Gan.Sample;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Explore;

/// <summary>What can be taken away from the room: pictures, sheets, walks, latents, the page for others.</summary>
internal static class FileEndpoints
{
    private const int MostPictures = 200, MostFrames = 400, FrameMilliseconds = 50;

    // Small pictures are saved enlarged by whole numbers to about these sides.
    private const int PictureSide = 256, TileSide = 128, WalkSide = 256;

    /// <summary>Adds the endpoints.</summary>
    public static void MapFiles(this IEndpointRouteBuilder explore, ExploreRuns runs, GeneratorThread thread, SharedPages pages)
    {
        explore.MapPost("/latents", (FileRequest request) => Results.Bytes(Latents(Codes(request)), "application/octet-stream"));
        explore.MapPost("/sheet", (FileRequest request, CancellationToken cancel) => Make(
            "image/png", runs, thread, request, cancel, session => PictureWriter.Png(Sheet(session, Codes(request), cancel))));
        explore.MapPost("/walk", (FileRequest request, CancellationToken cancel) => request.Format switch
        {
            "gif" => Make("image/gif", runs, thread, request, cancel, session =>
                PictureWriter.AnimatedGif(Walk(session, request, cancel), FrameMilliseconds)),
            "webp" => Make("image/webp", runs, thread, request, cancel, session =>
                PictureWriter.AnimatedWebP(Walk(session, request, cancel), FrameMilliseconds)),
            _ => throw new UsageException($"A walk as {request.Format}: expected gif or webp."),
        });
        explore.MapPost("/share", (GeneratorRequest request) => pages.Start(runs.Snapshot(request)));
        explore.MapGet("/share/{run}", (string run) => pages.Of(runs.Run(run)));
        explore.MapGet("/share/{run}/page", (string run) =>
        {
            var path = runs.Run(run).SharedPagePath;

            // Never shown from here: it has scripts of its own, which this page's rules don't let run.
            return File.Exists(path) ? Results.File(path, "application/octet-stream", $"smirk-{run}.html")
                : throw new UnusableInputException($"Run {run} has no page yet.");
        });
    }

    private static async Task<IResult> Make(
        string type, ExploreRuns runs, GeneratorThread thread, FileRequest request, CancellationToken cancel,
        Func<GeneratorSession, byte[]> make)
    {
        var snapshot = runs.Snapshot(request);
        return Results.Bytes((await thread.Run(null, Turn.Soon, open => make(open.Session(snapshot)), cancel))!, type);
    }

    private static LatentCode[] Codes(FileRequest request) => request.Codes.Count is >= 1 and <= MostPictures
        ? [.. request.Codes.Select(LatentText.Read)]
        : throw new UsageException($"{request.Codes.Count} pictures: expected 1 to {MostPictures}.");

    private static byte[] Latents(LatentCode[] codes)
    {
        if (codes.DistinctBy(code => code.Z.Length).Count() > 1)
            throw new UsageException("These pictures were made by several generators; save those of one.");
        var path = Path.Combine(Path.GetTempPath(), $"smirk-{Guid.NewGuid():N}.safetensors");
        try
        {
            LatentFile.Write(path, codes);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Picture Sheet(GeneratorSession session, LatentCode[] codes, CancellationToken cancel)
    {
        var tiles = Pictures(session, codes, codes.Length == 1 ? PictureSide : TileSide, cancel);
        var (width, height) = (tiles[0].Width, tiles[0].Height);
        var columns = Grid.ColumnsFor(codes.Length);
        var rows = (codes.Length + columns - 1) / columns;
        var sheet = new Picture(columns * width, rows * height, 0x80, 0x80, 0x80);
        foreach (var (i, tile) in tiles.Index())
        {
            for (var y = 0; y < height; y++)
                tile.Row(y).CopyTo(sheet.Row((i / columns * height) + y)[(i % columns * width * 3)..]);
        }

        return sheet;
    }

    // Round through all pictures and back to the first: slow at each, faster between.
    private static List<Picture> Walk(GeneratorSession session, FileRequest request, CancellationToken cancel)
    {
        var stops = Codes(request);
        ExplorePictures.CheckFits(session, stops);
        if (stops.Length < 2 || request.Seconds is not (>= 0.2 and <= 10))
            throw new UsageException($"A walk through {stops.Length} pictures, {request.Seconds} seconds each: expected at least two, and "
                + "0.2 to 10 seconds.");
        var frames = Math.Min(MostFrames, (int)Math.Round(stops.Length * request.Seconds * 1000 / FrameMilliseconds));
        var codes = Enumerable.Range(0, frames).Select(i =>
        {
            var way = (double)i * stops.Length / frames;
            var (leg, part) = ((int)way, way - (int)way);
            return session.Moves.Between(stops[leg], stops[(leg + 1) % stops.Length], part * part * (3 - (2 * part)));
        }).ToList();
        return Pictures(session, codes, WalkSide, cancel);
    }

    // Enlarged by a whole number, to about so many pixels.
    private static List<Picture> Pictures(GeneratorSession session, IReadOnlyList<LatentCode> codes, int wanted, CancellationToken cancel)
    {
        var factor = Math.Max(1, (int)Math.Round((double)wanted / session.Size));
        var (width, height) = session.Aspect.Shown(session.Size);
        return [.. session.Generate(codes, null, null, cancel).Select(made => session.View.Roll is null
            ? new Picture(session.Size, session.Size, made.Rgb).Resize(width * factor, height * factor)
            : ExplorePictures.Shown(made.Rgb, session, session.Size * factor))];
    }
}
