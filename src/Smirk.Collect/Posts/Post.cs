namespace Smirk.Collect.Posts;

/// <summary>One post as reddit's listings, Arctic Shift and dump files tell it: what is needed to find its pictures and to credit
/// them.</summary>
/// <param name="Id">The site's id without its "t3_".</param>
/// <param name="Subreddit">The subreddit's name without "r/"; "u_name" for a profile.</param>
/// <param name="Author">Who posted it; "[deleted]" where the account is gone.</param>
/// <param name="Title">The title, at most <see cref="PostReader.LongestTitle"/> characters. Never part of a path.</param>
/// <param name="Permalink">The post's own address.</param>
/// <param name="Address">What the post links to; empty for a text post.</param>
/// <param name="Created">When it was posted.</param>
/// <param name="Score">Votes, as of when it was recorded.</param>
public sealed record Post(
    string Id, string Subreddit, string Author, string Title, string Permalink, string Address, DateTimeOffset Created, long Score)
{
    /// <summary>Whether the post is marked as not safe for work.</summary>
    public bool Over18 { get; init; }

    /// <summary>Whether the post is text.</summary>
    public bool IsSelf { get; init; }

    /// <summary>Whether the site hosts a video for it.</summary>
    public bool IsVideo { get; init; }

    /// <summary>Whether the site calls the link a picture.</summary>
    public bool IsImage { get; init; }

    /// <summary>Why the post is gone, such as "removed by moderator"; null while it stands.</summary>
    public string? Removed { get; init; }

    /// <summary>The gallery's pictures in the order the author gave them; empty for other posts.</summary>
    public IReadOnlyList<GalleryItem> Gallery { get; init; } = [];

    /// <summary>The site's own copy of the linked picture, shrunk and signed; null where there is none.</summary>
    public string? Preview { get; init; }

    /// <summary>The post that this one shares; null for others.</summary>
    public Post? SharedFrom { get; init; }
}

/// <summary>One picture of a gallery.</summary>
/// <param name="Id">The media id, such as "8pnwbvvts3c51".</param>
/// <param name="Status">"valid" where it can be had; "deleted", "unprocessed", "failed", or "missing" where the site tells nothing of
/// it.</param>
/// <param name="Kind">"Image", "AnimatedImage" or "RedditVideo"; empty where unknown.</param>
/// <param name="MimeType">Such as "image/jpg"; empty where unknown.</param>
/// <param name="Preview">The largest copy that the post names (signed preview, or the GIF itself); null where there is none.</param>
public sealed record GalleryItem(string Id, string Status, string Kind, string MimeType, string? Preview);
