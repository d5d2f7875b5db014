using System.Net.Http.Headers;
using System.Text.Json;
using Smirk.Collect.Posts;
using Smirk.Collect.Web;

namespace Smirk.Collect.Media;

/// <summary>Asks imgur which pictures an album has: through the API with a client id (SMIRK_IMGUR_CLIENT_ID), else as its own pages
/// do.</summary>
public sealed class ImgurAlbums(WebRequester web, string? clientId)
{
    private const string ApiHost = "api.imgur.com";

    /// <summary>An album's pictures in its order.</summary>
    /// <exception cref="WebFailureException">imgur doesn't tell, or the album is gone.</exception>
    public async Task<IReadOnlyList<MediaFinding>> ListAsync(string id, CancellationToken cancel)
    {
        var json = clientId is { Length: > 0 }
            ? await web.GetTextAsync(new Uri($"https://{ApiHost}/3/album/{id}/images"), "application/json", Authorize, cancel)
            : await web.GetTextAsync(
                new Uri($"https://imgur.com/ajaxalbums/getimages/{id}/hit.json?all=true"), "application/json", null, cancel);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (Images(document.RootElement) is { } images)
                return [.. images.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(Read)];
        }
        catch (JsonException)
        {
        }

        // Asked without an id, imgur answers an unknown album, and a reader it doesn't like, with a page or an empty list.
        throw new WebFailureException(
            WebFailureKind.Gone, clientId is null ? "imgur tells nothing of the album (SMIRK_IMGUR_CLIENT_ID may help)"
            : "imgur tells nothing of the album");
    }

    private void Authorize(Uri at, HttpRequestHeaders headers)
    {
        if (at.Scheme == "https" && at.Host == ApiHost)
            headers.Authorization = new AuthenticationHeaderValue("Client-ID", clientId);
    }

    // {"data": [{"id", "type", "link"}]} from the API; {"data": {"images": [{"hash", "ext"}]}} from the pages' own.
    private static JsonElement? Images(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data))
            return null;
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("images", out var images))
            data = images;
        return data.ValueKind == JsonValueKind.Array && data.GetArrayLength() > 0 ? data : null;
    }

    private static MediaFinding Read(JsonElement image)
    {
        var id = image.Text("id") ?? image.Text("hash") ?? "";
        var extension =
            image.Text("ext") is { } ext ? ext.TrimStart('.').Split('?')[0] : (image.Text("type") ?? "image/jpeg")["image/".Length..];
        if ((image.Text("type") ?? "").StartsWith("video/") || extension is "mp4" or "webm")
            return new FoundNothing("video");
        return id.Length is > 0 and <= 16 && id.All(char.IsAsciiLetterOrDigit) && extension.Length is > 0 and <= 4
            && extension.All(char.IsAsciiLetterOrDigit)
            ? new FoundPicture(new MediaLink(ImgurResolver.AddressOf(id, extension is "jpeg" ? "jpg" : extension)))
            : new FoundNothing("album entry without picture");
    }
}
