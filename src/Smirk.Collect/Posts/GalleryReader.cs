using System.Text.Json;

namespace Smirk.Collect.Posts;

/// <summary>Reads a post's gallery: gallery_data says the order, media_metadata what each picture is.</summary>
internal static class GalleryReader
{
    // The site allows 20; what names more is not from there.
    private const int MostItems = 100;

    public static IReadOnlyList<GalleryItem> Read(JsonElement post)
    {
        if (!post.TryGetProperty("media_metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return [];
        return [.. Order(post, metadata).Take(MostItems).Select(item => ReadItem(item.Id, item.Deleted, metadata))];
    }

    private static IEnumerable<(string Id, bool Deleted)> Order(JsonElement post, JsonElement metadata)
    {
        if (post.TryGetProperty("gallery_data", out var gallery) && gallery.ValueKind == JsonValueKind.Object
            && gallery.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
        {
            return items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object && IsId(i.Text("media_id")))
                .Select(i => (i.Text("media_id")!, i.Flag("is_deleted")));
        }

        // Pictures set into a text have no order but the text's; the metadata's is the best there is.
        return metadata.EnumerateObject().Where(p => IsId(p.Name)).Select(p => (p.Name, false));
    }

    private static GalleryItem ReadItem(string id, bool deleted, JsonElement metadata)
    {
        if (!metadata.TryGetProperty(id, out var media) || media.ValueKind != JsonValueKind.Object)
            return new GalleryItem(id, deleted ? "deleted" : "missing", "", "", null);
        var status = deleted ? "deleted" : media.Text("status") ?? "missing";
        string? preview = null;
        if (media.TryGetProperty("s", out var largest) && largest.ValueKind == JsonValueKind.Object)
            preview = largest.Text("u") ?? largest.Text("gif");
        return new GalleryItem(
            id, status, media.Text("e") ?? "", media.Text("m") ?? "", preview is null ? null : PostReader.Unescape(preview));
    }

    // Ids become part of addresses, so nothing but letters and digits is one. Animated ones in texts are "giphy|…": not the site's.
    private static bool IsId(string? id) => id is { Length: > 0 and <= 64 } && id.All(char.IsAsciiLetterOrDigit);
}
