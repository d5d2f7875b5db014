using System.Text.Json;

namespace Smirk.Collect.Posts;

/// <summary>Reads one post's JSON, whichever of the shapes from 2005 to now it has. What is missing or of another type counts as not
/// there.</summary>
public static class PostReader
{
    /// <summary>The site's own limit; longer ones come from damaged or hostile files and are cut.</summary>
    public const int LongestTitle = 300;

    // A crosspost names the first post only; deeper nesting doesn't come from the site.
    private const int DeepestCrosspost = 2;

    /// <summary>The post in <paramref name="json"/> (a post's object, or a listing's child around it); null when it has no usable
    /// id.</summary>
    public static Post? Read(JsonElement json) => Read(json, 0);

    private static Post? Read(JsonElement json, int depth)
    {
        if (json.ValueKind == JsonValueKind.Object && json.Text("kind") is "t3" && json.TryGetProperty("data", out var inner))
            json = inner;
        if (json.ValueKind != JsonValueKind.Object || json.Text("id") is not { } id || !IsId(id))
            return null;

        var permalink = json.Text("permalink");
        return new Post(
            id,
            Cut(json.Text("subreddit") ?? "", 100),
            Cut(json.Text("author") ?? "[deleted]", 100),
            Cut(Unescape(json.Text("title") ?? ""), LongestTitle),
            permalink is { Length: < 1000 } && permalink.StartsWith('/') ? $"https://www.reddit.com{permalink}"
                : $"https://www.reddit.com/comments/{id}",
            Unescape(json.Text("url_overridden_by_dest") ?? json.Text("url") ?? ""),
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(json.Number("created_utc"), 0, 253402300799)),
            json.Number("score"))
        {
            Over18 = json.Flag("over_18"),
            IsSelf = json.Flag("is_self"),
            IsVideo = json.Flag("is_video"),
            IsImage = json.Text("post_hint") is "image",
            Removed = RemovalSigns.WhyRemoved(json),
            Gallery = GalleryReader.Read(json),
            Preview = ReadPreview(json),
            SharedFrom = depth < DeepestCrosspost && json.TryGetProperty("crosspost_parent_list", out var parents)
                && parents.ValueKind == JsonValueKind.Array
                ? parents.EnumerateArray().Select(p => Read(p, depth + 1)).FirstOrDefault(p => p is not null)
                : null,
        };
    }

    /// <summary>Addresses and titles in listings carry HTML's escapes unless asked otherwise.</summary>
    internal static string Unescape(string text) =>
        text.Contains('&') ? text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&") : text;

    private static string? ReadPreview(JsonElement json)
    {
        if (!json.TryGetProperty("preview", out var preview) || preview.ValueKind != JsonValueKind.Object
            || !preview.TryGetProperty("images", out var images) || images.ValueKind != JsonValueKind.Array || images.GetArrayLength() == 0
            || images[0].ValueKind != JsonValueKind.Object || !images[0].TryGetProperty("source", out var source))
            return null;
        return source.ValueKind == JsonValueKind.Object && source.Text("url") is { Length: > 0 } url ? Unescape(url) : null;
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 16 && id.All(char.IsAsciiLetterOrDigit);

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
