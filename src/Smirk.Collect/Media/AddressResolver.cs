namespace Smirk.Collect.Media;

/// <summary>Tells from an address alone what is behind it: a picture, an imgur album, a video, a page.</summary>
public static class AddressResolver
{
    /// <summary>The reason for an address that is none of the others.</summary>
    public const string Page = "link to a page";

    private static readonly HashSet<string> PictureExtensions =
        ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif", "jxl"];

    private static readonly HashSet<string> VideoExtensions = ["mp4", "webm", "mov", "m4v", "mkv", "avi", "gifv", "m3u8", "mpd", "ogv"];

    private static readonly HashSet<string> VideoHosts =
        ["v.redd.it", "youtube.com", "youtu.be", "vimeo.com", "streamable.com", "gfycat.com", "redgifs.com", "twitch.tv", "tiktok.com",
            "dailymotion.com"];

    // Hosts that serve nothing but pictures, whatever their addresses end with.
    private static readonly HashSet<string> PictureHosts =
        ["i.redd.it", "i.reddituploads.com", "i.redditmedia.com", "external-preview.redd.it"];

    /// <summary>What <paramref name="address"/> (absolute, http or https) leads to.</summary>
    public static MediaFinding Resolve(Uri address)
    {
        var host = address.Host.StartsWith("www.") ? address.Host[4..] : address.Host;
        if (address.AbsolutePath.EndsWith("/removed.png"))
            return new FoundGone("placeholder removed.png");
        if (host is "imgur.com" || host.EndsWith(".imgur.com"))
            return ImgurResolver.Resolve(address);
        if (VideoHosts.Contains(host) || VideoHosts.Any(v => host.EndsWith($".{v}")))
            return new FoundNothing("video");
        if (host is "preview.redd.it")
            return ResolvePreview(address);
        var extension = ExtensionOf(address.AbsolutePath);
        if (VideoExtensions.Contains(extension))
            return new FoundNothing("video");
        return PictureHosts.Contains(host) || PictureExtensions.Contains(extension) ? new FoundPicture(new MediaLink(address.AbsoluteUri))
            : new FoundNothing(Page);
    }

    /// <summary>The path's extension in lower case without its dot; empty for none.</summary>
    internal static string ExtensionOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[(dot + 1)..].ToLowerInvariant();
    }

    // preview.redd.it/ID.jpg?…&s=… is a signed copy of i.redd.it/ID.jpg; newer ones are called title-v0-ID.jpg.
    private static FoundPicture ResolvePreview(Uri address)
    {
        var name = address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];
        var dash = name.LastIndexOf('-');
        var file = dash < 0 ? name : name[(dash + 1)..];
        var copy = new MediaCopy(address.AbsoluteUri, MediaQuality.Degraded);
        return file.Count(c => c == '.') == 1 && file.All(c => char.IsAsciiLetterOrDigit(c) || c == '.')
            ? new FoundPicture(new MediaLink(new MediaCopy($"https://i.redd.it/{file}"), [copy]))
            : new FoundPicture(new MediaLink(copy, []));
    }
}
