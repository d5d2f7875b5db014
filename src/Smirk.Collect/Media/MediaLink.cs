namespace Smirk.Collect.Media;

/// <summary>How good a copy of the picture an address gives.</summary>
public enum MediaQuality
{
    /// <summary>What the author uploaded.</summary>
    Original,

    /// <summary>The site's copy of it: compressed again, at the same or a smaller size.</summary>
    Degraded,

    /// <summary>The preview kept by reddit of a picture whose own host is dead.</summary>
    LastResort,
}

/// <summary>Where a picture can be had.</summary>
/// <param name="Address">An absolute http(s) address.</param>
/// <param name="Quality">What kind of copy is there.</param>
public sealed record MediaCopy(string Address, MediaQuality Quality = MediaQuality.Original);

/// <summary>One picture to fetch: its address, and where else to look when that one is gone.</summary>
/// <param name="Best">The first address to ask; the picture is known by it in the history.</param>
/// <param name="Fallbacks">Asked in this order when the one before is gone.</param>
public sealed record MediaLink(MediaCopy Best, IReadOnlyList<MediaCopy> Fallbacks)
{
    /// <summary>A link with no other place to look.</summary>
    public MediaLink(string address) : this(new MediaCopy(address), [])
    {
    }
}

/// <summary>What became of one thing that a source named. One of <see cref="FoundPicture"/>, <see cref="FoundAlbum"/>,
/// <see cref="FoundNothing"/>, <see cref="FoundGone"/>, <see cref="FoundUnreadable"/>.</summary>
public abstract record MediaFinding;

/// <summary>A picture to fetch.</summary>
/// <param name="Link">Where.</param>
public sealed record FoundPicture(MediaLink Link) : MediaFinding;

/// <summary>An imgur album, whose pictures imgur has to be asked for.</summary>
/// <param name="Id">imgur's id of it.</param>
/// <param name="Fallback">A copy of its first picture, should the album be gone; null for none.</param>
public sealed record FoundAlbum(string Id, MediaCopy? Fallback = null) : MediaFinding;

/// <summary>Nothing that is a picture.</summary>
/// <param name="Reason">Why, in words that count well: "video", "text post", "link to a page".</param>
public sealed record FoundNothing(string Reason) : MediaFinding;

/// <summary>A picture that was taken down.</summary>
/// <param name="Reason">By whom or how.</param>
public sealed record FoundGone(string Reason) : MediaFinding;

/// <summary>A page or album that may name pictures and could not be read.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Reason">Why.</param>
public sealed record FoundUnreadable(string Address, string Reason) : MediaFinding;
