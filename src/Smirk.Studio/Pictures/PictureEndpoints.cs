using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Story;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Pictures;

/// <summary>What is known of a picture: <c>smirk why</c> for the page.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Name">The path that it came from.</param>
/// <param name="Format">Such as "jpeg".</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="Bytes">Length of the stored file.</param>
/// <param name="IsKept">Whether it goes into the training set.</param>
/// <param name="Lines">Its story.</param>
/// <param name="Link">Where on the web it came from; null for nowhere.</param>
internal sealed record PictureFacts(
    long Id, string Name, string Format, int Width, int Height, long Bytes, bool IsKept, IReadOnlyList<string> Lines, string? Link);

/// <summary>Pictures, by their row in the catalog only.</summary>
internal static class PictureEndpoints
{
    // They are named by what they show: the same address never shows another picture.
    private const string Lasting = "private, max-age=86400";
    private const int CropSide = 160, CropQuality = 88;

    /// <summary>Adds the endpoints.</summary>
    public static void MapPictures(this IEndpointRouteBuilder routes, SmirkWorkspace workspace, Thumbnails thumbnails)
    {
        var looker = new CropLooker();
        routes.MapGet("/api/pictures/{id:long}/thumb", async (long id, HttpContext context) =>
            Lasts(context, await thumbnails.Small(Of(workspace, id), context.RequestAborted), "image/jpeg"));
        routes.MapGet("/api/pictures/{id:long}/view", async (long id, HttpContext context) =>
        {
            var (bytes, type) = await thumbnails.Large(Of(workspace, id), context.RequestAborted);
            return Lasts(context, bytes, type);
        });
        routes.MapGet("/api/pictures/{id:long}", (long id) => Facts(workspace, Of(workspace, id)));
        routes.MapGet("/api/crops/{id:long}/thumb", async (long id, HttpContext context) =>
        {
            var crop = workspace.Catalog.Crops.Find(id) ?? throw new UnusableInputException($"There is no crop {id}; crops are cut anew.");
            var picture = Of(workspace, crop.PictureId);
            var what = FormattableString.Invariant($"{crop.X},{crop.Y},{crop.Width},{crop.Height},{crop.Angle},{crop.Margin}");
            var bytes = await thumbnails.Kept(picture.Sha256, what, () => PictureWriter.Jpeg(
                looker.Cut(picture, workspace.Pictures.Read(picture.Sha256), crop, CropSide), CropQuality), context.RequestAborted);
            return Lasts(context, bytes, "image/jpeg");
        });
    }

    /// <summary>The picture with that row.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public static StoredPicture Of(SmirkWorkspace workspace, long id) => workspace.Catalog.Pictures.Find(id)
        ?? throw new UnusableInputException($"The workspace has no picture {id}.");

    private static IResult Lasts(HttpContext context, byte[] bytes, string type)
    {
        context.Response.Headers.CacheControl = Lasting;
        return Results.Bytes(bytes, type);
    }

    private static PictureFacts Facts(SmirkWorkspace workspace, StoredPicture picture)
    {
        var first = new StoryFinder(workspace).Of(picture).FirstOrDefault()
            ?? throw new UnusableInputException($"No file holds picture {picture.Id} any more.");
        var lines = new List<string>();
        foreach (var collected in first.Collected)
            lines.AddRange(collected.Lines());
        lines.AddRange(first.Decisions.Select(d => $"{d.Verdict}, {d.Stage}: {d.Reason}{(d.By == Decision.Person ? " (you)" : "")}"));
        lines.AddRange(first.Twins.Select(t => $"same as {t}"));
        lines.AddRange(first.Rows.Select(r => $"in pack {r.Pack}, row {r.Row}"
            + (r.Runs.Count > 0 ? $", trained on in runs {string.Join(", ", r.Runs)}" : "")));
        var link = first.Collected.SelectMany(c => c.Posts.Select(p => p.Address).Append(c.Address)).FirstOrDefault(IsLink);
        return new PictureFacts(picture.Id, first.Path, picture.Format, picture.Width, picture.Height, picture.Bytes, first.IsKept, lines,
            link);
    }

    // Addresses are strangers' text: one of another kind could be a script.
    private static bool IsLink(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "https" or "http");
}
