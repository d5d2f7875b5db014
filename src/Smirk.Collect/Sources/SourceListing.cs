using System.Runtime.CompilerServices;
using Smirk.Collect.Media;
using Smirk.Collect.Posts;
using Smirk.Collect.Web;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.Sources;

/// <summary>Lists what a source names, asking servers for lists but never for a picture.</summary>
internal sealed class SourceListing(
    WebRequester web, CollectOptions options, RedditPosts reddit, WebLists lists, Action<string, string> warn)
{
    private readonly RobotsKeeper _robots = new(web);
    private readonly ImgurAlbums _albums = new(web, options.ImgurClientId);
    private readonly PostFilter _filter = new() { Subreddits = options.Subreddits, Nsfw = options.Nsfw };

    /// <summary>Posts read so far.</summary>
    public long Posts { get; private set; }

    /// <summary>Everything in the source, in its order.</summary>
    /// <exception cref="WebFailureException">The source could not be read, or not to its end; what was given until then stands.</exception>
    public IAsyncEnumerable<ListedItem> ListAsync(CollectSource source, CancellationToken cancel) => source switch
    {
        RedditListing listing => ReadPosts(reddit.ListAsync(listing.Field, listing.Which, cancel), cancel),
        RedditPost post => ReadPosts(reddit.ByIdAsync(post.Id, cancel), cancel),
        RecordedPosts recorded => ReadPosts(Recorded(recorded, cancel), cancel),
        WebSource address => ReadAddress(address.Address, options.Depth, cancel),
        AddressList list => ReadList(list, cancel),
        _ => throw new InvalidOperationException($"{source.Given} is not listed but imported."),
    };

    private async IAsyncEnumerable<Post> Recorded(RecordedPosts source, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        var posts = source.Given == "-"
            ? PostFile.Read(Console.OpenStandardInput(), "standard input", warn, cancel)
            : PostFile.FilesOf(source.Given).SelectMany(f => PostFile.Read(f, warn, cancel));
        foreach (var post in posts)
            yield return post;
    }

    private async IAsyncEnumerable<ListedItem> ReadPosts(IAsyncEnumerable<Post> posts, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var post in posts.WithCancellation(cancel))
        {
            if (!_filter.Concerns(post))
                continue;
            Posts++;
            var origin = ListedItem.OriginOf(post);
            if (post.Over18 && !options.Nsfw && post.Removed is null)
            {
                yield return new ListedItem(origin, 0, new FoundNothing("over 18 (--nsfw takes them)"));
                continue;
            }

            var position = 0;
            foreach (var finding in PostResolver.Resolve(post))
            {
                await foreach (var item in ReadFinding(origin, position, finding, cancel))
                {
                    yield return item;
                    position = item.Position + 1;
                }
            }
        }
    }

    private async IAsyncEnumerable<ListedItem> ReadFinding(
        CollectedPost origin, int position, MediaFinding finding, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (finding is not FoundAlbum album)
        {
            yield return new ListedItem(origin, position, finding);
            yield break;
        }

        foreach (var picture in await AlbumAsync(album, cancel))
            yield return new ListedItem(origin, position++, picture);
    }

    private async Task<IReadOnlyList<MediaFinding>> AlbumAsync(FoundAlbum album, CancellationToken cancel)
    {
        try
        {
            return await lists.RememberAsync($"https://imgur.com/a/{album.Id}", () => _albums.ListAsync(album.Id, cancel));
        }
        catch (WebFailureException) when (album.Fallback is { } copy)
        {
            return [new FoundPicture(new MediaLink(copy, []))];
        }
        catch (WebFailureException failure) when (failure.Kind is WebFailureKind.Gone)
        {
            return [new FoundGone(failure.Message)];
        }
        catch (WebFailureException failure)
        {
            return [new FoundUnreadable($"https://imgur.com/a/{album.Id}", failure.Message)];
        }
    }

    private async IAsyncEnumerable<ListedItem> ReadAddress(Uri address, int depth, [EnumeratorCancellation] CancellationToken cancel)
    {
        switch (AddressResolver.Resolve(address))
        {
            case FoundNothing { Reason: AddressResolver.Page }:
                await foreach (var item in ReadPages(address, depth, cancel))
                    yield return item;
                break;
            case FoundAlbum album:
                var origin = new CollectedPost(0, "imgur", album.Id, "", "", "", $"https://imgur.com/a/{album.Id}", 0, 0);
                await foreach (var item in ReadFinding(origin, 0, album, cancel))
                    yield return item;
                break;
            case var finding:
                yield return new ListedItem(null, 0, finding);
                break;
        }
    }

    private async IAsyncEnumerable<ListedItem> ReadPages(Uri first, int depth, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = new HashSet<Uri> { first };
        var level = new List<Uri> { first };
        for (var at = 0; level.Count > 0; at++)
        {
            var next = new List<Uri>();
            foreach (var address in level)
            {
                // What a person named is asked for; what was found on the way, as far as its host wants that.
                if (at > 0 && await _robots.WhyNotAsync(address, cancel) is { } why)
                {
                    yield return new ListedItem(null, 0, new FoundNothing(why));
                    continue;
                }

                var (page, failure) = await PageAsync(address, cancel);
                if (page is null)
                {
                    yield return new ListedItem(null, 0, failure!);
                    continue;
                }

                var origin = new CollectedPost(0, address.Host, address.AbsoluteUri, "", "", page.Title.Trim(), address.AbsoluteUri, 0, 0);
                for (var i = 0; i < page.Pictures.Count; i++)
                {
                    var unwanted = at > 0 ? await _robots.WhyNotAsync(page.Pictures[i], cancel) : null;
                    yield return new ListedItem(page.IsPicture ? null : origin, i,
                        unwanted is null ? AsPicture(page.Pictures[i]) : new FoundNothing(unwanted));
                }

                if (at < depth)
                    next.AddRange(page.Links.Where(l => seen.Count < CollectDefaults.MostPages && seen.Add(l)));
            }

            level = next;
        }
    }

    private async Task<(ListedPage? Page, MediaFinding? Failure)> PageAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            return (await lists.PageAsync(address, cancel), null);
        }
        catch (WebFailureException failure)
        {
            return (null, failure.Kind == WebFailureKind.Gone ? new FoundGone(failure.Message)
                : new FoundUnreadable(address.AbsoluteUri, failure.Message));
        }
    }

    // What a page shows is a picture, whatever its address looks like.
    private static MediaFinding AsPicture(Uri address) => AddressResolver.Resolve(address) is FoundNothing { Reason: AddressResolver.Page }
        ? new FoundPicture(new MediaLink(address.AbsoluteUri))
        : AddressResolver.Resolve(address);

    private async IAsyncEnumerable<ListedItem> ReadList(AddressList list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(list.Given, cancel))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
                continue;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                warn($"{list.Given}:{number}", "no http(s) address");
                continue;
            }

            if (SourceReader.PostIdOf(address) is { } id)
            {
                foreach (var item in await ReadPostAsync(address, id, cancel))
                    yield return item;
                continue;
            }

            await foreach (var item in ReadAddress(address, 0, cancel))
                yield return item;
        }
    }

    // A post that can't be read costs its line, not the list.
    private async Task<IReadOnlyList<ListedItem>> ReadPostAsync(Uri address, string id, CancellationToken cancel)
    {
        var items = new List<ListedItem>();
        try
        {
            await foreach (var item in ReadPosts(reddit.ByIdAsync(id, cancel), cancel))
                items.Add(item);
        }
        catch (WebFailureException failure)
        {
            items.Add(new ListedItem(null, 0, failure.Kind == WebFailureKind.Gone ? new FoundGone(failure.Message)
                : new FoundUnreadable(address.AbsoluteUri, failure.Message)));
        }

        return items;
    }
}
