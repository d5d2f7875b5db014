using Smirk.Collect.Posts;

namespace Smirk.Collect.Media;

/// <summary>Turns a post into its pictures, without asking anybody.</summary>
public static class PostResolver
{
    /// <summary>What <paramref name="post"/> shows, in its order; never empty.</summary>
    public static IReadOnlyList<MediaFinding> Resolve(Post post)
    {
        if (post.Removed is { } removed)
            return [new FoundGone(removed)];
        if (post.Gallery.Count > 0)
            return [.. post.Gallery.Select(ResolveItem)];
        if (post.SharedFrom is { } original)
            return Resolve(original);
        if (post.IsVideo)
            return [new FoundNothing("video")];
        if (post.IsSelf)
            return [new FoundNothing("text post")];
        return [WithLastResort(ResolveLink(post), post.Preview)];
    }

    private static MediaFinding ResolveLink(Post post)
    {
        if (!Uri.TryCreate(post.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return new FoundNothing("link to a page");
        if (IsReddit(address) && address.AbsolutePath.StartsWith("/gallery/"))
            return new FoundGone("gallery without pictures");
        var finding = AddressResolver.Resolve(address);

        // The site looked at the link and saw a picture, whatever the address is called.
        return finding is FoundNothing { Reason: AddressResolver.Page } && post.IsImage
            ? new FoundPicture(new MediaLink(address.AbsoluteUri)) : finding;
    }

    private static bool IsReddit(Uri address) => address.Host is "reddit.com" || address.Host.EndsWith(".reddit.com");

    private static MediaFinding WithLastResort(MediaFinding finding, string? preview)
    {
        if (preview is null)
            return finding;
        var copy = new MediaCopy(preview, MediaQuality.LastResort);
        return finding switch
        {
            FoundPicture picture => new FoundPicture(picture.Link with { Fallbacks = [.. picture.Link.Fallbacks, copy] }),
            FoundAlbum album => album with { Fallback = copy },
            _ => finding,
        };
    }

    private static MediaFinding ResolveItem(GalleryItem item)
    {
        if (item.Status is "deleted")
            return new FoundGone("deleted from its gallery");
        if (item.Kind is "RedditVideo")
            return new FoundNothing("video");
        if (item.Status is not "valid" || item.Preview is not { } preview)
            return new FoundNothing($"gallery picture {(item.Status is "valid" ? "without address" : item.Status)}");
        if (ExtensionOf(item.MimeType) is not { } extension)
            return new FoundPicture(new MediaLink(new MediaCopy(preview, MediaQuality.Degraded), []));
        var original = $"https://i.redd.it/{item.Id}.{extension}";
        return preview == original
            ? new FoundPicture(new MediaLink(original))
            : new FoundPicture(new MediaLink(new MediaCopy(original), [new MediaCopy(preview, MediaQuality.Degraded)]));
    }

    private static string? ExtensionOf(string mimeType) => mimeType switch
    {
        "image/jpg" or "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        _ => null,
    };
}
