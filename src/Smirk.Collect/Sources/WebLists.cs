using System.Net;
using Smirk.Collect.Media;
using Smirk.Collect.Web;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.Sources;

/// <summary>A page as it was read, or, where the address turned out to be one, a picture.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Pictures">Its pictures.</param>
/// <param name="Links">Pages of its host.</param>
/// <param name="IsPicture">Whether the address is itself the one picture.</param>
internal sealed record ListedPage(string Title, IReadOnlyList<Uri> Pictures, IReadOnlyList<Uri> Links, bool IsPicture = false);

/// <summary>Pages and albums, remembered in the catalog: a page is asked for again only if it changed, an album not at all.</summary>
/// <param name="web">Asks servers.</param>
/// <param name="memory">Where lists are remembered; null to remember nothing.</param>
internal sealed class WebLists(WebRequester web, ListTable? memory)
{
    /// <summary>What <paramref name="ask"/> found under <paramref name="address"/>, now or in an earlier run.</summary>
    public async Task<IReadOnlyList<MediaFinding>> RememberAsync(string address, Func<Task<IReadOnlyList<MediaFinding>>> ask)
    {
        if (memory?.Find(address) is { } known)
            return [.. known.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(a => new FoundPicture(new MediaLink(a)))];
        var found = await ask();
        memory?.Put(new RememberedList(address, null, null, string.Join('\n', found.OfType<FoundPicture>()
            .Select(p => p.Link.Best.Address))));
        return found;
    }

    /// <summary>The page at <paramref name="address"/>.</summary>
    /// <exception cref="WebFailureException">It can't be read, or asks to be left alone.</exception>
    public async Task<ListedPage> PageAsync(Uri address, CancellationToken cancel)
    {
        var known = memory?.Find(address.AbsoluteUri);
        return await web.GetAsync(address, (_, headers) =>
        {
            headers.TryAddWithoutValidation("Accept", "text/html, image/*;q=0.9");
            headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
            if (known?.ETag is { } tag)
                headers.TryAddWithoutValidation("If-None-Match", tag);
            if (known?.LastModified is { } modified)
                headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }, answer => ReadAsync(answer, address, known, cancel), cancel);
    }

    private async Task<ListedPage> ReadAsync(WebAnswer answer, Uri address, RememberedList? known, CancellationToken cancel)
    {
        if (answer.Status == HttpStatusCode.NotModified && known is not null)
            return Recall(known);
        var type = answer.Response.Content.Headers.ContentType?.MediaType ?? "";
        if (type.StartsWith("image/"))
            return new ListedPage("", [address], [], IsPicture: true);
        if (type is not ("text/html" or "application/xhtml+xml" or ""))
            throw new WebFailureException(WebFailureKind.Refused, $"neither a page nor a picture but {type}");
        if (!web.Options.IgnoreNoAi && answer.Header("X-Robots-Tag") is { } robots
            && Download.PictureSigns.AsksToBeLeftAlone(robots) is { } directive)
            throw new WebFailureException(WebFailureKind.Unwanted, $"the page asks not to be used for training ({directive})");
        var page = PageReader.Read(await WebBody.ReadTextAsync(answer, web.Options, cancel), answer.Address, web.Options);
        if (answer.Header("ETag") is { } || answer.Header("Last-Modified") is { })
            memory?.Put(new RememberedList(address.AbsoluteUri, answer.Header("ETag"), answer.Header("Last-Modified"), Remember(page)));
        return new ListedPage(page.Title, page.Pictures, page.Links);
    }

    // Title, then one address a line: "p " for a picture, "l " for a link.
    private static string Remember(PageContent page) =>
        string.Join('\n', [page.Title.ReplaceLineEndings(" "), .. page.Pictures.Select(p => $"p {p.AbsoluteUri}"),
            .. page.Links.Select(l => $"l {l.AbsoluteUri}")]);

    private static ListedPage Recall(RememberedList list)
    {
        var lines = list.Content.Split('\n');
        return new ListedPage(lines[0], [.. Under("p ")], [.. Under("l ")]);

        IEnumerable<Uri> Under(string mark) => lines.Skip(1).Where(l => l.StartsWith(mark)).Select(l => new Uri(l[2..]));
    }
}
