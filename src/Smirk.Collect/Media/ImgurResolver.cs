namespace Smirk.Collect.Media;

/// <summary>imgur's addresses: pictures by id, pages around one picture, albums, and what it calls .gifv.</summary>
internal static class ImgurResolver
{
    // imgur names thumbnails by one letter after the id: s, b, t, m, l, h and the later g, r.
    private const string ThumbnailLetters = "sbtmlhgr";

    public static MediaFinding Resolve(Uri address)
    {
        var parts = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["a" or "gallery", var name, ..] when IdAtEnd(name) is { } id => new FoundAlbum(id),
            ["t" or "r" or "topic", _, var name] when IdAtEnd(name) is { } id => new FoundAlbum(id),
            ["removed.png"] => new FoundGone("placeholder removed.png"),
            [var file] => ResolveFile(file),
            ["download", var file, ..] => ResolveFile(file),
            _ => new FoundNothing(AddressResolver.Page),
        };
    }

    /// <summary>The address of the picture called <paramref name="id"/>; imgur serves what it is under any extension, which is why the type
    /// is decided by content.</summary>
    public static string AddressOf(string id, string extension) => $"https://i.imgur.com/{id}.{extension}";

    private static MediaFinding ResolveFile(string file)
    {
        var dot = file.IndexOf('.');
        var id = dot < 0 ? file : file[..dot];
        var extension = dot < 0 ? "jpg" : file[(dot + 1)..].ToLowerInvariant();
        if (!IsId(id))
            return new FoundNothing(AddressResolver.Page);
        if (extension is "gifv" or "mp4" or "webm")
            extension = "gif";
        if (extension.Length is 0 or > 4 || !extension.All(char.IsAsciiLetterOrDigit))
            return new FoundNothing(AddressResolver.Page);

        // Ids have 5 or 7 letters: one more, of those, names a thumbnail of it.
        if (id.Length is 6 or 8 && ThumbnailLetters.Contains(id[^1]) && dot >= 0)
            return new FoundPicture(
                new MediaLink(new MediaCopy(AddressOf(id[..^1], extension)),
                    [new MediaCopy(AddressOf(id, extension), MediaQuality.Degraded)]));
        return new FoundPicture(new MediaLink(AddressOf(id, extension)));
    }

    // Newer addresses put the title before the id: a-title-in-words-AbCdEfG.
    private static string? IdAtEnd(string name)
    {
        var id = name[(name.LastIndexOf('-') + 1)..];
        return IsId(id) ? id : null;
    }

    private static bool IsId(string id) => id.Length is >= 5 and <= 10 && id.All(char.IsAsciiLetterOrDigit);
}
