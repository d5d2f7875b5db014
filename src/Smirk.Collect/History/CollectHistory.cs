using Smirk.Collect.Media;
using Smirk.Collect.Sources;
using Smirk.Workspace.Catalog;

namespace Smirk.Collect.History;

/// <summary>Writes what sources name into the catalog, and decides what of it this run asks for: nothing that was fetched, refused or gone
/// before.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="run">This run's number, larger than any before.</param>
/// <param name="retryFailed">Whether all but the fetched ones are asked for again.</param>
/// <param name="tally">Counts.</param>
internal sealed class CollectHistory(CatalogDatabase catalog, long run, bool retryFailed, CollectTally tally)
{
    /// <summary>Writes a batch; to be called within a transaction.</summary>
    public void Write(Source source, IEnumerable<ListedItem> items)
    {
        CollectedPost? last = null;
        long postId = 0;
        foreach (var item in items)
        {
            switch (item.Finding)
            {
                case FoundPicture { Link: var link } when !MediaCopies.IsUsable(link.Best.Address):
                    tally.Skip("no usable address");
                    break;
                case FoundPicture picture:
                    if (item.Origin != last)
                        (last, postId) = (item.Origin, item.Origin is null ? 0 : catalog.Posts.Put(item.Origin));
                    Want(source, postId, item.Position, picture.Link);
                    break;
                case FoundGone:
                    tally.Gone();
                    break;
                case FoundNothing nothing:
                    tally.Skip(nothing.Reason);
                    break;
                case FoundUnreadable unreadable:
                    tally.Miss(failed: true, unreadable.Address, unreadable.Reason);
                    break;
            }
        }
    }

    private void Want(Source source, long postId, int position, MediaLink link)
    {
        var address = new Uri(new Uri(link.Best.Address).GetLeftPart(UriPartial.Query));
        var fallbacks = MediaCopies.Write(link);
        var known = catalog.Media.Find(address.AbsoluteUri);
        var id = known?.Id ?? catalog.Media.Add(address.AbsoluteUri, address.Authority, fallbacks, run);
        catalog.Media.AddOrigin(id, source.Id, postId, position);
        if (known is null)
        {
            tally.Want();
        }
        else if (known.Seen != run)
        {
            var ask = IsToAsk(known);
            catalog.Media.Touch(id, fallbacks, run, ask);
            if (ask)
                tally.Want();
            else
                tally.Already(known.State == MediaState.Fetched);
        }
    }

    /// <summary>Notes something that needs no asking, such as a file in a repository; to be called within a transaction.</summary>
    public void Name(Source source, CollectedPost origin, int position, string address)
    {
        var id = catalog.Media.Find(address)?.Id ?? catalog.Media.Add(address, "", "original", run);
        catalog.Media.AddOrigin(id, source.Id, catalog.Posts.Put(origin), position);
    }

    private bool IsToAsk(MediaAddress known) => known.State switch
    {
        MediaState.Waiting => true,
        MediaState.Fetched => false,
        MediaState.Failed => retryFailed || known.Tries < CollectDefaults.FailuresUntilLeft,
        _ => retryFailed,
    };
}
