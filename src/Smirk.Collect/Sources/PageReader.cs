using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Smirk.Collect.Download;
using Smirk.Collect.Media;
using Smirk.Collect.Web;

namespace Smirk.Collect.Sources;

/// <summary>What a web page shows and links to.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Pictures">Addresses of its pictures, each once, in its order.</param>
/// <param name="Links">Addresses of pages on the same host that it links to.</param>
public sealed record PageContent(string Title, IReadOnlyList<Uri> Pictures, IReadOnlyList<Uri> Links);

/// <summary>Finds the pictures of a web page: links to picture files, and what the page itself shows.</summary>
public static class PageReader
{
    private const int MostAddresses = 10_000;

    /// <summary>Reads a page's HTML. Scripts don't run.</summary>
    /// <exception cref="WebFailureException">The page asks not to be used for training, and <paramref name="options"/> heed
    /// that.</exception>
    public static PageContent Read(byte[] html, Uri address, WebOptions options)
    {
        using var stream = new MemoryStream(html);
        using var document = new HtmlParser().ParseDocument(stream);
        if (!options.IgnoreNoAi
            && document.QuerySelectorAll("meta[name=robots i]").Select(m => PictureSigns.AsksToBeLeftAlone(m.GetAttribute("content") ?? ""))
            .FirstOrDefault(d => d is not null) is { } directive)
            throw new WebFailureException(WebFailureKind.Unwanted, $"the page asks not to be used for training ({directive})");

        var at = Absolute(document.QuerySelector("base[href]")?.GetAttribute("href"), address) ?? address;
        var linked = document.QuerySelectorAll("a[href]").Select(a => Absolute(a.GetAttribute("href"), at)).OfType<Uri>().ToList();
        var toPictures = linked.Where(u => AddressResolver.Resolve(u) is FoundPicture).ToList();

        // A thumbnail inside a link to a picture is that picture, smaller.
        var shown =
            document.QuerySelectorAll("img, source[srcset]").Where(i => !IsInPictureLink(i, at)).Select(i => Shown(i, at)).OfType<Uri>();
        var named =
            document.QuerySelectorAll("meta[property='og:image']").Select(m => Absolute(m.GetAttribute("content"), at)).OfType<Uri>();
        return new PageContent(
            document.Title ?? "",
            [.. toPictures.Concat(shown).Concat(named).Distinct().Take(MostAddresses)],
            [.. linked.Where(u => u.Authority == address.Authority
                && AddressResolver.Resolve(u) is FoundNothing { Reason: AddressResolver.Page }).Select(WithoutFragment).Distinct()
                .Take(MostAddresses)]);
    }

    private static bool IsInPictureLink(IElement image, Uri at) =>
        image.Closest("a[href]") is { } link && Absolute(link.GetAttribute("href"), at) is { } target
            && AddressResolver.Resolve(target) is FoundPicture;

    // srcset lists copies by width or density; the last word of each says which, and the largest is wanted.
    private static Uri? Shown(IElement image, Uri at)
    {
        var best = (image.GetAttribute("srcset") ?? image.GetAttribute("data-srcset") ?? "")
            .Split(", ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length > 0)
            .MaxBy(c => c.Length > 1 && double.TryParse(c[1].TrimEnd('w', 'x', ','), out var size) ? size : 1);
        return Absolute(best?[0] ?? image.GetAttribute("data-src") ?? image.GetAttribute("src"), at);
    }

    private static Uri? Absolute(string? text, Uri at) =>
        text is { Length: > 0 and < 4000 } && Uri.TryCreate(at, text.Trim(), out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static Uri WithoutFragment(Uri address) => new(address.GetLeftPart(UriPartial.Query));
}
